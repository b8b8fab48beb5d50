import type { Night } from './api/types';
import table from './stop-signs.json';

/** A problem of a night for which stockings come off at once (backend/health/RULES.md 5). */
export type StopSign = keyof typeof table;

/** All stop signs, the gravest first. */
export const stopSigns = Object.keys(table) as StopSign[];

/** Whether help is called at once for it, as for a red flag. */
export const isEmergency = (code: string): boolean => isStopSign(code) && table[code].emergency;

/** Whether a sign ends by itself being gone; all others need somebody who was asked. */
export const mayBeGone = (code: string): boolean => isStopSign(code) && table[code].ends.includes('gone');

/** The stop signs among what a night tells of. */
export const signsOf = ({ problems }: Pick<Night, 'problems'>): StopSign[] => stopSigns.filter((code) => problems.includes(code));

function isStopSign(code: string): code is StopSign {
  return code in table;
}
