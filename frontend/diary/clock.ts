import { signal } from '@preact/signals';
import { deviceZone } from '../shared/device';
import { wallClock, type PlainDate } from '../shared/nights';

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

/** The date of a moment where the phone is. */
export const dayHere = (moment: Date): PlainDate => wallClock(moment, deviceZone()).date;
