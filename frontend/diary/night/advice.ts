import type { Cramp, Night } from '../../shared/api/types';
import { isEmergency, signsOf } from '../../shared/stop-signs';

/** What answers about a night advise at once, most urgent first. */
export type Advice = 'emergency' | 'long' | 'stop';

/** A cramp that lasts longer than this, in minutes, is for a doctor (backend/health/RULES.md 4). */
const longMinutes = 10;

/** The advice that answers call for (backend/health/RULES.md 4 and 5). */
export function adviceFor({ cramps, problems }: { cramps: readonly Cramp[]; problems: Night['problems'] }): Advice[] {
  const signs = signsOf({ problems });
  const called: [Advice, boolean][] = [
    ['emergency', signs.some(isEmergency)],
    ['long', cramps.some(({ duration_min }) => (duration_min ?? 0) > longMinutes)],
    ['stop', signs.length > 0],
  ];
  return called.filter(([, holds]) => holds).map(([advice]) => advice);
}

/** The advice of a recorded night; what has ended since, the person needs not be told again. */
export function adviceLeft(night: Night, stands: (sign: { night_date: string; code: string }) => boolean): Advice[] {
  return adviceFor({ cramps: night.cramps, problems: night.problems.filter((code) => stands({ night_date: night.night_date, code })) });
}
