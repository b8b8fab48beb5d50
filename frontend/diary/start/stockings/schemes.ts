/** Pressure at the ankle in mmHg by scheme and class, lowest and highest (backend/health/RULES.md 6); RAL IV has no upper bound. */
export const classPressures = {
  RAL: { I: [18, 21], II: [23, 32], III: [34, 46], IV: [49, null] },
  UK: { '1': [14, 17], '2': [18, 24], '3': [25, 35] },
  US: { '15-20': [15, 20], '20-30': [20, 30], '30-40': [30, 40] },
} as const satisfies Record<string, Record<string, readonly [number, number | null]>>;

export type ClassScheme = keyof typeof classPressures;
export const lowestMmhg = 8;
export const highestMmhg = 60;

const isScheme = (scheme: string | null): scheme is ClassScheme => scheme !== null && scheme in classPressures;

/** The classes of a scheme with their pressures; none where the scheme is not known. */
export function classesOf(scheme: string | null): [name: string, low: number, high: number | null][] {
  if (!isScheme(scheme)) return [];
  const classes: Record<string, readonly [number, number | null]> = classPressures[scheme];
  return Object.entries(classes).map(([name, [low, high]]) => [name, low, high]);
}
