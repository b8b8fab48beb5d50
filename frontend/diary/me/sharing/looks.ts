import type { AccessEntry } from '../../../shared/api/types';

/** What one physician opened on one day, and when. */
export interface Look {
  who: string;
  what: string;
  /** Instants, earliest first. */
  at: Date[];
}

/** All looks of one day where the reader is. */
export interface DayOfLooks {
  /** An instant of that day. */
  day: Date;
  looks: Look[];
}

/** The log as a person reads it: by day, newest first; the same look twice a day is one line with two times. */
export function byDay(entries: readonly AccessEntry[]): DayOfLooks[] {
  const days = new Map<string, DayOfLooks>();
  for (const { at, physician_name: who, what } of entries) {
    const instant = new Date(at);
    const name = instant.toDateString();
    const day = days.get(name) ?? { day: instant, looks: [] };
    days.set(name, day);
    const look = day.looks.find((each) => each.who === who && each.what === what);
    if (look) look.at.unshift(instant);
    else day.looks.push({ who, what, at: [instant] });
  }
  return [...days.values()];
}
