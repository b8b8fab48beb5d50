import { computed } from '@preact/signals';
import type { PlainDate } from '../../shared/nights';
import { stopSigns, type StopSign } from '../../shared/stop-signs';
import { dayHere, now } from '../clock';
import { safety } from '../safety';
import { diary } from '../session/signals';
import { standingIn, type Sign, type SignEnd, type SignKey } from './copy';

/** The stop signs that stand, the gravest first. */
export const standing = computed<Sign[]>(() => {
  const { holds } = diary.value;
  if (holds) return standingIn(holds);
  // Kept by an earlier version of the app, which knew only what the safety answers come to.
  return safety.value === 'blocked' ? [{ night_date: null, code: 'blocked', since: '' }] : [];
});

/** Why stockings stay off, whatever the plan says; null while nothing speaks against them. */
export const hold = computed<Sign | null>(() => standing.value[0] ?? null);

/** Whether a sign stands. */
export const stands = ({ night_date, code }: SignKey): boolean => standing.value.some((sign) => sign.night_date === night_date && sign.code === code);

/** The stop signs of one night that stand. */
export const signsStanding = (night: PlainDate): StopSign[] => stopSigns.filter((code) => stands({ night_date: night, code }));

/** That some signs of a night were entered by mistake, as of today. */
export function mistakesOf(night: PlainDate, codes: readonly StopSign[]): SignEnd[] {
  const on = dayHere(now.value);
  return codes.map((code) => ({ night_date: night, code, how: 'mistake', on }));
}

/**
 * What may be said about wearing stockings, on every screen: follow the plan, ask first, or leave them off.
 * Safety beats the plan; the server keeps to the same rule (backend/health/holds.py).
 */
export const wearing = computed<'follow' | 'ask' | 'off'>(() => {
  if (hold.value) return 'off';
  return safety.value === 'ask_first' ? 'ask' : 'follow';
});
