import { addDays, type PlainDate } from '../../shared/nights';
import type { ClinicNight, Trial } from '../records';

/** Every night of a range, newest first; null where nothing was recorded. */
export function everyNight(
  nights: readonly ClinicNight[],
  first: PlainDate | null,
  last: PlainDate,
): { date: PlainDate; night: ClinicNight | null }[] {
  if (first === null) return [];
  const recorded = new Map(nights.map((night) => [night.night_date, night]));
  const newest = nights.reduce((latest, { night_date }) => (night_date > latest ? night_date : latest), last);
  const rows: { date: PlainDate; night: ClinicNight | null }[] = [];
  for (let date = newest; date >= first; date = addDays(date, -1)) {
    rows.push({ date, night: recorded.get(date) ?? null });
  }
  return rows;
}

/** Whether the stockings that a trial tests were worn; null where that cannot be told. */
export function wasWorn({ stockings_day: day, stockings_night: night }: ClinicNight, exposure: Trial['exposure']): boolean | null {
  if (exposure === 'day') return day;
  if (exposure === 'night') return night;
  if (day === true || night === true) return true;
  return day === null || night === null ? null : false;
}

/** Minutes of cramp in a night; where some durations are unknown, `total` is the least it can have been. */
export function crampMinutes({ cramps }: ClinicNight): { total: number | null; complete: boolean } {
  const known = cramps.flatMap(({ duration_min: minutes }) => (minutes === null ? [] : [minutes]));
  const complete = known.length === cramps.length;
  if (!complete && known.length === 0) return { total: null, complete };
  return { total: known.reduce((sum, minutes) => sum + minutes, 0), complete };
}

/** The worst pain stated for a night, 0 without cramps, null where none was stated. */
export function worstPain({ cramps }: ClinicNight): number | null {
  if (cramps.length === 0) return 0;
  const known = cramps.flatMap(({ pain_nrs: pain }) => (pain === null ? [] : [pain]));
  return known.length === 0 ? null : Math.max(...known);
}

/** The Monday on or before a date. */
export function mondayOf(date: PlainDate): PlainDate {
  const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
  return addDays(date, -((weekday + 6) % 7));
}

/** Rows of nights cut into weeks from Monday to Sunday, newest week first; undefined outside the range. */
export function inWeeks<T extends { date: PlainDate }>(rows: readonly T[]): { monday: PlainDate; days: (T | undefined)[] }[] {
  const weeks = new Map<PlainDate, Map<PlainDate, T>>();
  for (const row of rows) {
    const monday = mondayOf(row.date);
    const week = weeks.get(monday) ?? new Map<PlainDate, T>();
    weeks.set(monday, week.set(row.date, row));
  }
  return [...weeks].map(([monday, week]) => ({
    monday,
    days: Array.from({ length: 7 }, (_, day) => week.get(addDays(monday, day))),
  }));
}
