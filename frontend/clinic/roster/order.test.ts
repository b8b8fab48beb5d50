import { expect, test } from 'vitest';
import { aRow } from '../../test/clinic';
import { countStates, filterPatients, nextOrder, sortPatients, type Order, type SortKey } from './order';

const names = (rows: { display_name: string }[]) => rows.map((row) => row.display_name);
const by = (key: SortKey, descending = false): Order => ({ key, descending });

test('most useful first: danger, then flags, hints, settled results, and what is still open', () => {
  const rows = [
    aRow('open', { state: 'insufficient' }),
    aRow('running', { state: 'running' }),
    aRow('settled', { state: 'no_clear_difference' }),
    aRow('hint', { state: 'fewer_unclear' }),
    aRow('worse', { state: 'worse' }),
    aRow('helped', { state: 'help' }),
    aRow('silent', { state: 'running', alerts: ['no_entry'] }),
    aRow('alerted', { state: 'running', alerts: ['red_flag'] }),
  ];
  expect(names(sortPatients(rows, by('useful'), 'en'))).toEqual(['alerted', 'helped', 'worse', 'hint', 'settled', 'running', 'silent', 'open']);
});

test('within a state the interval farthest from "same" comes first, in either direction', () => {
  const rows = [
    aRow('touches', { state: 'help', ci_low: 0.4, ci_high: 1.02 }),
    aRow('near', { state: 'help', ci_low: 0.5, ci_high: 0.9 }),
    aRow('far', { state: 'help', ci_low: 0.2, ci_high: 0.5 }),
    aRow('worse, near', { state: 'worse', ci_low: 1.1, ci_high: 3 }),
    aRow('worse, far', { state: 'worse', ci_low: 1.9, ci_high: 3 }),
  ];
  expect(names(sortPatients(rows, by('useful'), 'en'))).toEqual(['far', 'near', 'touches', 'worse, far', 'worse, near']);
});

test('a missing value comes last in both directions', () => {
  const rows = [aRow('none'), aRow('half', { rate_ratio: 0.5 }), aRow('double', { rate_ratio: 2 })];
  expect(names(sortPatients(rows, by('ratio'), 'en'))).toEqual(['half', 'double', 'none']);
  expect(names(sortPatients(rows, by('ratio', true), 'en'))).toEqual(['double', 'half', 'none']);
});

test('names are sorted in the reader\'s alphabet, and ties fall back on them', () => {
  const rows = [aRow('Zoe'), aRow('Ñandú'), aRow('Nuria'), aRow('Olga'), aRow('álvaro')];
  expect(names(sortPatients(rows, by('name'), 'es'))).toEqual(['álvaro', 'Nuria', 'Ñandú', 'Olga', 'Zoe']);
  expect(names(sortPatients(rows, by('nights', true), 'es'))).toEqual(['álvaro', 'Nuria', 'Ñandú', 'Olga', 'Zoe']);
});

test('the last entry is sorted by date', () => {
  const rows = [aRow('old', { last_entry: '2025-12-30' }), aRow('new', { last_entry: '2026-01-02' })];
  expect(names(sortPatients(rows, by('last_entry', true), 'en'))).toEqual(['new', 'old']);
});

test('sorting leaves the given rows as they were', () => {
  const rows = [aRow('b'), aRow('a')];
  sortPatients(rows, by('name'), 'en');
  expect(names(rows)).toEqual(['b', 'a']);
});

test('a second click on a header turns its order around, another header starts at its interesting end', () => {
  expect(nextOrder(by('name'), 'name')).toEqual(by('name', true));
  expect(nextOrder(by('name'), 'last_entry')).toEqual(by('last_entry', true));
  expect(nextOrder(by('last_entry', true), 'ratio')).toEqual(by('ratio'));
});

test('the search finds every word anywhere in the name, without accents or capitals', () => {
  const rows = [aRow('María José Ortega'), aRow('José Prieto'), aRow('Ruth Adeyemi')];
  expect(names(filterPatients(rows, { query: ' jose or', state: 'all' }))).toEqual(['María José Ortega']);
  expect(names(filterPatients(rows, { query: 'JOSÉ', state: 'all' }))).toEqual(['María José Ortega', 'José Prieto']);
  expect(filterPatients(rows, { query: '', state: 'all' })).toHaveLength(3);
});

test('the state filter keeps that state only', () => {
  const rows = [aRow('a', { state: 'help' }), aRow('b', { state: 'running' })];
  expect(names(filterPatients(rows, { query: '', state: 'running' }))).toEqual(['b']);
});

test('states are counted for the filter', () => {
  const counts = countStates([aRow('a', { state: 'help' }), aRow('b', { state: 'help' }), aRow('c')]);
  expect([...counts]).toEqual([['help', 2], ['insufficient', 1]]);
});
