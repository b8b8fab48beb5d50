import type { Cramp, Night } from './api/types';

type Table<T> = Record<keyof T, 'key' | 'answer' | 'list' | 'group' | 'place' | 'time'>;

/**
 * The fields of a night, each told once: a field that the server has and this table has not is a compile error. An
 * `answer` is one value, a `list` several of them without an order; `place` and `time` sign the entry.
 */
export const night = {
  night_date: 'key',
  cramps: 'group',
  stockings_day: 'answer',
  day_wear_h: 'answer',
  stockings_night: 'answer',
  rls_urge: 'answer',
  awake_min: 'answer',
  symptoms: 'group',
  problems: 'list',
  contributors: 'list',
  note: 'answer',
  tz: 'place',
  edited_at: 'time',
} as const satisfies Table<Night>;

/** The fields of a cramp, likewise. */
export const cramp = {
  id: 'key',
  onset_local: 'answer',
  duration_min: 'answer',
  pain_nrs: 'answer',
  site: 'answer',
  side: 'answer',
  relief: 'list',
} as const satisfies Table<Cramp>;

export const symptom = { aching: 'answer', heaviness: 'answer', soreness: 'answer', burning: 'answer' } as const satisfies Table<Night['symptoms']>;

type Named<T, Kind> = { [Name in keyof T]: T[Name] extends Kind ? Name : never }[keyof T];

function named<T extends object, Kind>(table: T, kind: Kind): Named<T, Kind>[] {
  return Object.entries(table).flatMap(([name, is]) => (is === kind ? [name as Named<T, Kind>] : []));
}

export const nightAnswers = named(night, 'answer' as const);
export const nightLists = named(night, 'list' as const);
export const crampAnswers = named(cramp, 'answer' as const);
export const crampLists = named(cramp, 'list' as const);
export const symptoms = named(symptom, 'answer' as const);

/** Nothing said of some fields. */
export function unsaid<Name extends string>(names: readonly Name[]): Record<Name, null> {
  return Object.fromEntries(names.map((name) => [name, null])) as Record<Name, null>;
}

/** Nothing chosen in some lists. */
export function unchosen<Name extends string>(names: readonly Name[]): Record<Name, []> {
  return Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, []>;
}
