import type { Cramp, Night, PlanNight } from '../../shared/api/types';
import type { PlainDate } from '../../shared/nights';
import type { NightRecord } from '../store/schema';

export const maxCramps = 50;

/** A cramp of which nothing but its happening is known. */
export function newCramp(): Cramp {
  return { id: crypto.randomUUID(), onset_local: null, duration_min: null, pain_nrs: null, site: null, side: null, relief: [] };
}

/** Whether anything was said about a cramp. */
export function hasDetails(cramp: Cramp): boolean {
  const { onset_local, duration_min, pain_nrs, site, side, relief } = cramp;
  return relief.length > 0 || [onset_local, duration_min, pain_nrs, site, side].some((value) => value !== null);
}

/** The cramps of a night after its count was set; those already there keep their details. */
export function withCount(cramps: readonly Cramp[], count: number): Cramp[] {
  const kept = cramps.slice(0, count);
  return [...kept, ...Array.from({ length: count - kept.length }, newCramp)];
}

/** An unanswered night with the stocking answers that the plan, else the last recorded night, suggests. */
export function newNight(date: PlainDate, nights: ReadonlyMap<PlainDate, NightRecord>, plan: readonly PlanNight[], zone: string): Night {
  return {
    night_date: date,
    cramps: [],
    ...expectedWear(date, nights, plan),
    day_wear_h: null,
    rls_urge: null,
    awake_min: null,
    symptoms: { aching: null, heaviness: null, soreness: null, burning: null },
    problems: [],
    contributors: [],
    note: null,
    tz: zone,
    edited_at: '',
  };
}

function expectedWear(date: PlainDate, nights: ReadonlyMap<PlainDate, NightRecord>, plan: readonly PlanNight[]) {
  const last = [...nights.keys()].filter((each) => each < date).sort().at(-1);
  const before = last ? nights.get(last)?.night : undefined;
  const assigned = plan.find((each) => each.date === date)?.assigned ?? null;
  if (assigned === false) return { stockings_day: false, stockings_night: false };
  if (assigned === true) return { stockings_day: true, stockings_night: before?.stockings_night ?? null };
  return { stockings_day: before?.stockings_day ?? null, stockings_night: before?.stockings_night ?? null };
}

/** A number as people type it, comma or point; null when empty, undefined when it is none or out of bounds. */
export function parseNumber(text: string, low: number, high: number): number | null | undefined {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return null;
  const value = Number(trimmed);
  return Number.isFinite(value) && value >= low && value <= high ? value : undefined;
}
