import type { Cramp, Night } from '../shared/api/types';

/** A night for tests: nothing known beyond what is given. */
export function aNight(night_date: string, given: Partial<Night> = {}): Night {
  return {
    night_date,
    cramps: [],
    stockings_day: null,
    day_wear_h: null,
    stockings_night: null,
    rls_urge: null,
    awake_min: null,
    symptoms: { aching: null, heaviness: null, soreness: null, burning: null },
    problems: [],
    contributors: [],
    note: null,
    tz: 'Europe/Paris',
    edited_at: '2026-11-04T07:00:00.000Z',
    ...given,
  };
}

/** A cramp for tests. */
export function aCramp(id: string, given: Partial<Cramp> = {}): Cramp {
  return { id, onset_local: null, duration_min: null, pain_nrs: null, site: null, side: null, relief: [], ...given };
}
