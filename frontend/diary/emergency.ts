import numbers from '../shared/emergency-numbers.json';

/** The emergency number of a country (ISO 3166 code); null where Charley does not know it. */
export function emergencyNumber(country: string | null): string | null {
  if (country === null) return null;
  return Object.entries(numbers).find(([, countries]) => countries.split(' ').includes(country))?.[0] ?? null;
}
