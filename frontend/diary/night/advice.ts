import type { Cramp, Night } from '../../shared/api/types';

/** What answers about a night advise at once, most urgent first. */
export type Advice = 'emergency' | 'long' | 'stop';

/** A cramp that lasts longer than this, in minutes, is for a doctor (DOMAIN 4). */
const longMinutes = 10;
/** Signs that stockings may harm (DOMAIN 3, stop rule). */
const stopSigns: readonly Night['problems'][number][] = ['pain', 'numb', 'cold_or_color', 'swelling', 'skin', 'breathless'];

/** The advice that answers call for (DOMAIN 3, stop rule; DOMAIN 4, red flags). */
export function adviceFor({ cramps, problems }: { cramps: readonly Cramp[]; problems: Night['problems'] }): Advice[] {
  const called: [Advice, boolean][] = [
    ['emergency', problems.includes('breathless')],
    ['long', cramps.some(({ duration_min }) => (duration_min ?? 0) > longMinutes)],
    ['stop', problems.some((name) => stopSigns.includes(name))],
  ];
  return called.filter(([, holds]) => holds).map(([advice]) => advice);
}
