// Numbers that reach an ambulance; countries of the European Union and its neighbors share 112.
const numbers: Record<string, string> = {
  AR: '107', AU: '000', BR: '192', CA: '911', CL: '131', CO: '123', CR: '911', DO: '911', EC: '911', GB: '999', HK: '999',
  IN: '112', JP: '119', KR: '119', MX: '911', NZ: '111', PA: '911', PY: '911', SG: '995', SV: '911', TW: '119', US: '911', UY: '911',
};
const with112 = 'AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GE GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE SI SK SM TR UA VA XK';

/** The emergency number of a country (ISO 3166 code); null where Charley does not know it. */
export function emergencyNumber(country: string | null): string | null {
  if (country === null) return null;
  return numbers[country] ?? (with112.split(' ').includes(country) ? '112' : null);
}
