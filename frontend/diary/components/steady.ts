import { useRef } from 'preact/hooks';

/** A tap of a hand half asleep is often two: so long after a button came to mean something else, taps on it are ignored. */
export const steadyMs = 1_000;

/** Whether so much time has passed since a meaning last changed. */
export function steadiness(begin: number): (meaning: unknown, at: number) => boolean {
  let [last, since]: [unknown, number] = [undefined, begin];
  return (meaning, at) => {
    if (meaning !== last) [last, since] = [meaning, last === undefined ? begin : at];
    return at - since >= steadyMs;
  };
}

/**
 * Guards a button whose meaning changes in its place: gives what tells, at a tap, whether it has meant the same for a
 * while. One that takes the place of another when its page opens is `settled` later only.
 */
export function useSteady(meaning: string | number | boolean | null, settled = true): () => boolean {
  const steady = useRef<ReturnType<typeof steadiness> | null>(null);
  steady.current ??= steadiness(settled ? -Infinity : performance.now());
  steady.current(meaning, performance.now());
  return () => steady.current!(meaning, performance.now());
}
