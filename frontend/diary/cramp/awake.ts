import { useEffect, useState } from 'preact/hooks';

/** "3:24", or "1:03:24"; nothing where the clock ran backwards. */
export function elapsedText(passedMs: number): string {
  if (passedMs < 0) return '';
  const seconds = Math.floor(passedMs / 1_000);
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/** The clock reading, fresh every second. */
export function useSeconds(): number {
  const [reading, setReading] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setReading(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return reading;
}

/** Keeps the screen on while `wanted`; the phone takes the lock away with every switch to another app, so it is asked for again. */
export function useWakeLock(wanted: boolean): void {
  useEffect(() => {
    if (!wanted || !('wakeLock' in navigator)) return;
    let lock: WakeLockSentinel | undefined;
    let ended = false;
    const acquire = async () => {
      if (document.visibilityState !== 'visible') return;
      // Refused on a low battery, say: the timer does not need it.
      const got = await navigator.wakeLock.request('screen').catch(() => undefined);
      if (ended) void got?.release();
      else lock = got;
    };
    const onVisible = () => void acquire();
    void acquire();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      ended = true;
      document.removeEventListener('visibilitychange', onVisible);
      void lock?.release();
    };
  }, [wanted]);
}

/** Darkens the phone's own bars with the page. */
export function useDarkBars(): void {
  useEffect(() => {
    const color = document.createElement('meta');
    color.name = 'theme-color';
    color.content = getComputedStyle(document.documentElement).getPropertyValue('--paper').trim();
    // The first color that applies is taken.
    document.head.prepend(color);
    return () => color.remove();
  }, []);
}
