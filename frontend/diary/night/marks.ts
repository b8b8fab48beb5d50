import type { Cramp } from '../../shared/api/types';
import { newId } from '../../shared/device';
import { latestNight, localMinute, type PlainDate } from '../../shared/nights';
import type { Draft, Mark } from '../store/schema';
import { maxCramps, newCramp } from './answers';

/** Above so many minutes the morning asks whether the timer was right. */
const doubtfulMinutes = 30;
/** The longest cramp a night can hold; a timer that nobody stopped ends here, without a duration. */
const longestMinutes = 120;
const minute = 60_000;

/** A cramp that begins at this moment, in the night that is open then. */
export function newMark(now: Date, zone: string): Mark {
  return {
    id: newId(),
    night_date: latestNight(now, zone),
    onset_local: localMinute(now, zone),
    started_at: now.getTime(),
    stopped: false,
    duration_min: null,
  };
}

/** The mark after "It's over". A clock that ran backwards, or for longer than a cramp can last, gives no duration. */
export function stopMark(mark: Mark, now: Date): Mark {
  const minutes = (now.getTime() - mark.started_at) / minute;
  const known = minutes >= 0 && minutes <= longestMinutes;
  return { ...mark, stopped: true, duration_min: known ? Math.max(0.1, Math.round(minutes * 10) / 10) : null };
}

/** Whether the timer of a mark still runs. */
export function isRunning(mark: Mark, now: Date): boolean {
  return !mark.stopped && Math.abs(now.getTime() - mark.started_at) < longestMinutes * minute;
}

/** Marks of a night whose timer has ended: what the morning form may take in. */
export function endedMarks(marks: readonly Mark[], date: PlainDate, now: Date): Mark[] {
  return marks.filter((mark) => mark.night_date === date && !isRunning(mark, now));
}

/** A marked cramp as it stands in a night. */
export function crampOf({ id, onset_local, duration_min }: Mark): Cramp {
  return { ...newCramp(), id, onset_local, duration_min };
}

/** A form with the marks it had not taken in yet; cramps that the person removed from it stay away. */
export function takeIn(draft: Draft, marks: readonly Mark[]): Draft {
  const { cramps } = draft.night;
  const known = new Set([...(draft.taken ?? []), ...cramps.map(({ id }) => id)]);
  const fresh = marks.filter(({ id }) => !known.has(id)).slice(0, maxCramps - cramps.length);
  if (fresh.length === 0) return draft;
  const doubtful = fresh.filter(({ duration_min }) => (duration_min ?? 0) > doubtfulMinutes);
  return {
    ...draft,
    night: { ...draft.night, cramps: [...cramps, ...fresh.map(crampOf)] },
    taken: [...(draft.taken ?? []), ...fresh.map(({ id }) => id)],
    doubtful: [...(draft.doubtful ?? []), ...doubtful.map(({ id }) => id)],
  };
}
