import { aNight } from './nights';
import type { ClinicNight, PatientRow } from '../clinic/records';

/** A row of the roster for tests: too little data, nothing recorded, unless given. */
export function aRow(display_name: string, given: Partial<PatientRow> = {}): PatientRow {
  return {
    id: display_name,
    display_name,
    state: 'insufficient',
    grade: null,
    rate_ratio: null,
    ci_low: null,
    ci_high: null,
    q_value: null,
    nights_recorded: 0,
    adherence: null,
    last_entry: null,
    alerts: [],
    sparkline: [],
    ...given,
  };
}

/** A night for tests as the physician reads it. */
export function aClinicNight(night_date: string, given: Partial<ClinicNight> = {}): ClinicNight {
  return { ...aNight(night_date), late: false, woke_on: night_date, ...given };
}
