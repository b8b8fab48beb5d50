import type { PlanNight, Trial } from '../../shared/api/types';
import { addDays, type PlainDate } from '../../shared/nights';

/** Where a trial stands on a day. */
export type Phase = 'ahead' | 'running' | 'stopped' | 'finished' | 'over';

/** How long after its end a trial is still spoken of where tonight's plan stood. */
const afterwordDays = 14;

/** Where a trial stands; `finished` names the trial that reached its answer early. */
export function phaseOf(trial: Trial, finished: string | null, today: PlainDate): Phase {
  if (trial.stopped_at) return 'stopped';
  if (today > trial.end_date) return 'over';
  if (finished === trial.id) return 'finished';
  return today < trial.start_date ? 'ahead' : 'running';
}

/** Whether there is something to say of a trial beside the morning's question. */
export function isTold(trial: Trial, today: PlainDate): boolean {
  return today <= addDays(trial.end_date, afterwordDays);
}

/** What the plan assigns to a date; null where it assigns nothing. */
export function assignedOn(plan: readonly PlanNight[], date: PlainDate): boolean | null {
  return plan.find((each) => each.date === date)?.assigned ?? null;
}

/** The trial whose nights a date is among. */
export function trialOn(trials: readonly Trial[], date: PlainDate): Trial | undefined {
  return trials.find(({ start_date, end_date }) => start_date <= date && date <= end_date);
}

/** The plan of so many days from a date on. */
export function daysFrom(plan: readonly PlanNight[], from: PlainDate, days: number): PlanNight[] {
  const all = new Map(plan.map(({ date, assigned }) => [date, assigned]));
  return Array.from({ length: days }, (_, day) => addDays(from, day)).map((date) => ({ date, assigned: all.get(date) ?? null }));
}
