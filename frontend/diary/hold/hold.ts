import { computed } from '@preact/signals';
import { safety } from '../safety';
import { diary } from '../session';
import { standingIn, type Sign, type SignKey } from './copy';

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

/**
 * What may be said about wearing stockings, on every screen: follow the plan, ask first, or leave them off.
 * Safety beats the plan; the server keeps to the same rule (backend/health/holds.py).
 */
export const wearing = computed<'follow' | 'ask' | 'off'>(() => {
  if (hold.value) return 'off';
  return safety.value === 'ask_first' ? 'ask' : 'follow';
});
