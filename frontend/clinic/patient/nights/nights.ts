import { symptoms as symptomNames } from '../../../shared/night-fields';
import { addDays, type PlainDate } from '../../../shared/nights';
import type { ClinicNight, Panel, Trial } from '../../records';

/** A calendar night; null where nothing was recorded. */
export interface NightRow {
  date: PlainDate;
  night: ClinicNight | null;
}

/** Every night of a range, newest first; null where nothing was recorded. */
export function everyNight(
  nights: readonly ClinicNight[],
  first: PlainDate | null,
  last: PlainDate,
): NightRow[] {
  if (first === null) return [];
  const recorded = new Map(nights.map((night) => [night.night_date, night]));
  const newest = nights.reduce((latest, { night_date }) => (night_date > latest ? night_date : latest), last);
  const rows: NightRow[] = [];
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

/** The panels of a timeline of which anything was told, in the order in which they are drawn. */
export function toldPanels(rows: readonly NightRow[], trial: Trial | undefined): Panel[] {
  const isTold = (told: (night: ClinicNight) => boolean) => rows.some(({ night }) => night !== null && told(night));
  const panels: [Panel, boolean][] = [
    ['minutes', isTold((night) => (crampMinutes(night).total ?? 0) > 0)],
    ['pain', isTold((night) => (worstPain(night) ?? 0) > 0)],
    ...symptomNames.map((name): [Panel, boolean] => [name, isTold(({ symptoms }) => symptoms[name] !== null)]),
    ['urge', isTold(({ rls_urge: urge }) => urge !== null)],
    ['worn', true],
    ['assigned', trial !== undefined && trial.blocks.length > 0],
  ];
  return panels.flatMap(([panel, told]) => (told ? [panel] : []));
}

const DAY_MS = 86_400_000;

/** Whether stockings were assigned to a night of a trial; null where nothing was. */
export function wasAssigned(trial: Trial | undefined, date: PlainDate): boolean | null {
  if (!trial?.block_nights || date < trial.start_date) return null;
  if (trial.stopped_on !== null && date >= trial.stopped_on) return null;
  const arm = trial.blocks[Math.floor((Date.parse(date) - Date.parse(trial.start_date)) / (trial.block_nights * DAY_MS))];
  return arm === undefined ? null : arm === 1;
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
