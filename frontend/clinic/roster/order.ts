import type { PatientRow, State } from '../records';

export type SortKey = 'useful' | 'name' | 'state' | 'ratio' | 'q' | 'nights' | 'adherence' | 'last_entry' | 'alerts';

export interface Order {
  key: SortKey;
  descending: boolean;
}

/** Most useful for the visit first: flags in either direction, then hints, then what is settled, then what is still open. */
export const STATES_BY_USE: readonly State[] = [
  'help',
  'worse',
  'fewer_unclear',
  'more_unclear',
  'no_clear_difference',
  'running',
  'insufficient',
];

const STATE_RANK = new Map(STATES_BY_USE.map((state, rank) => [state, rank]));

type Value = number | string | null;

function valueOf(patient: PatientRow, key: Exclude<SortKey, 'useful'>): Value {
  switch (key) {
    case 'name':
      return patient.display_name;
    case 'state':
      return STATE_RANK.get(patient.state) ?? STATES_BY_USE.length;
    case 'ratio':
      return patient.rate_ratio;
    case 'q':
      return patient.q_value;
    case 'nights':
      return patient.nights_recorded;
    case 'adherence':
      return patient.adherence;
    case 'last_entry':
      return patient.last_entry;
    case 'alerts':
      return patient.alerts.length;
  }
}

/** The direction in which a column is first sorted: the interesting end on top. */
export function firstDirection(key: SortKey): Order {
  return { key, descending: key === 'nights' || key === 'last_entry' || key === 'alerts' };
}

/** The order after a click on a column's header: the same column turns around. */
export function nextOrder(current: Order, key: SortKey): Order {
  return current.key === key ? { key, descending: !current.descending } : firstDirection(key);
}

/**
 * A sorted copy of the roster. Missing values come last in both directions, because 'not known' is neither small nor
 * large; ties keep the names in the reader's alphabet.
 */
export function sortPatients(patients: readonly PatientRow[], order: Order, language: string): PatientRow[] {
  const collator = new Intl.Collator(language, { sensitivity: 'base', numeric: true });
  const byName = (a: PatientRow, b: PatientRow) => collator.compare(a.display_name, b.display_name);
  const sign = order.descending ? -1 : 1;
  if (order.key === 'useful') {
    return [...patients].sort((a, b) => sign * compareUse(a, b) || byName(a, b));
  }
  const key = order.key;
  return [...patients].sort((a, b) => compareValues(valueOf(a, key), valueOf(b, key), sign, collator) || byName(a, b));
}

function compareValues(a: Value, b: Value, sign: number, collator: Intl.Collator): number {
  if (a === null || b === null) {
    return Number(a === null) - Number(b === null);
  }
  if (typeof a === 'string' && typeof b === 'string') {
    return sign * collator.compare(a, b);
  }
  return sign * (Number(a) - Number(b));
}

/** What may be dangerous before all else; then the state; within a state the interval that lies farthest from 'same' first. */
function compareUse(a: PatientRow, b: PatientRow): number {
  return (
    Number(b.alerts.some(isDangerous)) - Number(a.alerts.some(isDangerous)) ||
    rankOf(a) - rankOf(b) ||
    distanceFromSame(b) - distanceFromSame(a)
  );
}

/** Whether an alert is about harm; silence only asks for a call. */
export function isDangerous(alert: string): boolean {
  return alert !== 'no_entry';
}

function rankOf(patient: PatientRow): number {
  return STATE_RANK.get(patient.state) ?? STATES_BY_USE.length;
}

/** How far (on the log scale) the end of the interval nearest to 'same' lies from it; negative when it covers 'same'. */
function distanceFromSame({ ci_low, ci_high }: PatientRow): number {
  if (ci_low === null || ci_high === null || ci_low <= 0) {
    return -Number.MAX_VALUE;
  }
  return Math.max(-Math.log(ci_high), Math.log(ci_low));
}

export interface Filter {
  query: string;
  state: State | 'all';
}

/** Lower case without accents, so that 'jose' finds 'José'. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{Diacritic}/gu, '').toLowerCase();
}

/** The patients whose name contains every word of the query and who are in the chosen state. */
export function filterPatients(patients: readonly PatientRow[], filter: Filter): PatientRow[] {
  const words = plain(filter.query).split(/\s+/).filter(Boolean);
  return patients.filter((patient) => {
    if (filter.state !== 'all' && patient.state !== filter.state) {
      return false;
    }
    const name = plain(patient.display_name);
    return words.every((word) => name.includes(word));
  });
}

/** How many patients are in each state, for the filter's labels. */
export function countStates(patients: readonly PatientRow[]): ReadonlyMap<State, number> {
  const counts = new Map<State, number>();
  for (const { state } of patients) {
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return counts;
}
