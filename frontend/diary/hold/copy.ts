import type { Night } from '../../shared/api/types';
import type { PlainDate } from '../../shared/nights';
import { signsOf, stopSigns, type StopSign } from '../../shared/stop-signs';

/** What a person may say to end a sign: it is gone, a clinician agreed, or it was never so. */
export type How = 'gone' | 'asked' | 'mistake';

/** One stop sign that was told: by a night, or (without a date) by the safety screen. */
export interface Sign {
  night_date: PlainDate | null;
  code: string;
  since: PlainDate;
}

/** Names a sign. */
export type SignKey = Pick<Sign, 'night_date' | 'code'>;

/** What the person said to end a sign, and the server has not heard yet. */
export interface SignEnd extends SignKey {
  how: How;
  on: PlainDate;
}

/** What this phone knows of stop signs. */
export interface HoldCopy {
  /** Those that stand, as the server last told. */
  known: Sign[];
  /** Told on this phone, and not known to have reached the server. */
  raised: Sign[];
  ends: SignEnd[];
}

export const nothingHeld: HoldCopy = { known: [], raised: [], ends: [] };

/** Whether two names are of the same sign. */
export const isSame = (a: SignKey, b: SignKey): boolean => a.code === b.code && a.night_date === b.night_date;

const without = <T extends SignKey>(list: readonly T[], gone: readonly SignKey[]): T[] => list.filter((each) => !gone.some((key) => isSame(key, each)));

/** The signs that stand, the gravest first; of equals the older. */
export function standingIn({ known, raised, ends }: HoldCopy): Sign[] {
  const all = without([...known, ...without(raised, known)], ends);
  return all.sort((a, b) => rank(a) - rank(b) || (a.since < b.since ? -1 : 1));
}

// Short of breath comes before what the safety screen says, and that before what stockings do to a leg.
function rank({ night_date, code }: Sign): number {
  const place = stopSigns.indexOf(code as StopSign);
  return night_date === null || place < 0 ? 0.5 : place;
}

/** What is known after one more sign was told; an end that was said of it before and still waits no longer holds. */
export function withSign(copy: HoldCopy, sign: Sign): HoldCopy {
  return { ...copy, raised: [...without(copy.raised, [sign]), sign], ends: without(copy.ends, [sign]) };
}

/** What is known after the person said how some signs ended. */
export function withEnds(copy: HoldCopy, ends: readonly SignEnd[]): HoldCopy {
  return { ...copy, ends: [...without(copy.ends, ends), ...ends] };
}

/** What is known after a night was saved: problems that it did not tell of before are new signs. */
export function withNight(copy: HoldCopy, before: Night | null, after: Night): HoldCopy {
  const told = before ? signsOf(before) : [];
  const fresh = signsOf(after).filter((code) => !told.includes(code));
  return fresh.reduce((all, code) => withSign(all, { night_date: after.night_date, code, since: after.night_date }), copy);
}
