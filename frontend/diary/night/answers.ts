import type { Cramp, Night } from '../../shared/api/types';
import { newId } from '../../shared/device';
import { crampAnswers, crampLists, nightAnswers, nightLists, symptoms, unchosen, unsaid } from '../../shared/night-fields';
import type { PlainDate } from '../../shared/nights';
import type { NightRecord, PlanCopy } from '../store/schema';
import { assignedOn, trialOn } from './assignment';

export const maxCramps = 50;
/** So many nights with the same answer make it the expected one. */
const nightsOfHabit = 3;

/** A cramp of which nothing but its happening is known. */
export function newCramp(): Cramp {
  return { id: newId(), ...unsaid(crampAnswers), ...unchosen(crampLists) };
}

/** Whether anything was said about a cramp. */
export function hasDetails(cramp: Cramp): boolean {
  return crampLists.some((name) => cramp[name].length > 0) || crampAnswers.some((name) => cramp[name] !== null);
}

/** The cramps of a night after its count was set; those already there keep their details. */
export function withCount(cramps: readonly Cramp[], count: number): Cramp[] {
  const kept = cramps.slice(0, count);
  return [...kept, ...Array.from({ length: count - kept.length }, newCramp)];
}

/** An unanswered night with the stocking answers that the plan, else a settled habit, suggests; null for the plan where nothing may be suggested. */
export function newNight(date: PlainDate, nights: ReadonlyMap<PlainDate, NightRecord>, planned: PlanCopy | null, zone: string): Night {
  return {
    night_date: date,
    cramps: [],
    ...unsaid(nightAnswers),
    ...unchosen(nightLists),
    ...(planned && expectedWear(date, nights, planned)),
    symptoms: unsaid(symptoms),
    tz: zone,
    edited_at: '',
  };
}

// What is saved unseen must be likely: the plan speaks for the wear it tests, and for other wear only a habit does.
function expectedWear(date: PlainDate, nights: ReadonlyMap<PlainDate, NightRecord>, { plan, trials, finished }: PlanCopy): Wear {
  // A trial that has its answer asks for nothing more.
  const ended = finished !== null && trialOn(trials, date)?.id === finished;
  const assigned = ended ? null : assignedOn(plan, date);
  const alike = [...nights.values()].filter(({ night_date }) => night_date < date && (ended || assignedOn(plan, night_date) === assigned));
  const usual = { stockings_day: habit(alike, 'stockings_day'), stockings_night: habit(alike, 'stockings_night') };
  const exposure = trialOn(trials, date)?.exposure ?? 'any';
  if (assigned === null) return usual;
  if (exposure === 'day') return { ...usual, stockings_day: assigned };
  if (exposure === 'night') return { ...usual, stockings_night: assigned };
  if (!assigned) return { stockings_day: false, stockings_night: false };
  return usual.stockings_day || usual.stockings_night ? usual : { stockings_day: true, stockings_night: null };
}

type Wear = Pick<Night, 'stockings_day' | 'stockings_night'>;

/** What the last recorded nights all say; null where they differ, say nothing or are too few. */
function habit(nights: readonly NightRecord[], name: keyof Wear): boolean | null {
  const recent = [...nights].sort((a, b) => (a.night_date < b.night_date ? -1 : 1)).slice(-nightsOfHabit);
  const said = new Set(recent.map(({ night }) => night[name]));
  return recent.length === nightsOfHabit && said.size === 1 ? ([...said][0] ?? null) : null;
}

/** A number as people type it, comma or point; null when empty, undefined when it is none or out of bounds. */
export function parseNumber(text: string, low: number, high: number): number | null | undefined {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return null;
  const value = Number(trimmed);
  return Number.isFinite(value) && value >= low && value <= high ? value : undefined;
}
