import type { Trial } from './api/types';
import { addDays, type PlainDate } from './nights';

/** What a trial promises at a moment. */
export interface Promised {
  /** The latest look that is known to have brought no answer. */
  looked: PlainDate | null;
  /** A later look that has come, and of which is not known here what it brought. */
  due: PlainDate | null;
  /** The days ahead on which the answer can come. */
  ahead: PlainDate[];
  latest: PlainDate;
}

/** The days on which a trial can give its answer; copies that a phone kept from before they were told have the last one only. */
export function answerDays({ answers_on, end_date }: { answers_on?: PlainDate[]; end_date: PlainDate }): PlainDate[] {
  return answers_on ?? [addDays(end_date, 1)];
}

/**
 * What these days promise. Each comes at its noon, when its night opens: `open` is the night that is open now, `seen` the one
 * that was open when the server last said that there is no answer; empty where it never did.
 */
export function promisedBy(days: readonly PlainDate[], seen: PlainDate, open: PlainDate): Promised {
  const looked = days.filter((day) => day <= seen).at(-1) ?? null;
  const due = days.filter((day) => day > seen && day <= open).at(-1) ?? null;
  const ahead = days.filter((day) => day > seen && day > open);
  return { looked, due, ahead, latest: days.at(-1) ?? open };
}

/** What the result of a trial that still runs promises; it waits for the night `last_night` to pass. */
export function promisedByResult(days: readonly PlainDate[], { last_night }: { last_night: PlainDate }, open: PlainDate): Promised {
  return promisedBy(days.length > 0 ? days : [addDays(last_night, 1)], last_night, open);
}

/** Whether a trial was stopped before its first night: it has nothing to compare, now or later. */
export const wasCalledOff = ({ stopped_on, start_date }: Pick<Trial, 'stopped_on' | 'start_date'>) => stopped_on !== null && stopped_on <= start_date;
