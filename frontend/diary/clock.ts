import { signal } from '@preact/signals';

/** The time, good to the minute, and fresh whenever the app comes to the foreground. */
export const now = signal(new Date());

/** Keeps `now` going. */
export function startClock(): void {
  const tick = () => {
    now.value = new Date();
  };
  setInterval(tick, 60_000);
  document.addEventListener('visibilitychange', tick);
}
