import { expect, test } from 'vitest';
import { aCramp, aNight } from '../../test/nights';
import type { Night } from '../../shared/api/types';
import { newNight, parseNumber, withCount } from './answers';

const recorded = (...nights: Night[]) => new Map(nights.map((night) => [night.night_date, { night_date: night.night_date, night, combined: false }]));
const wear = (night: Night) => [night.stockings_day, night.stockings_night];

test('a count without details is so many cramps of which nothing else is known', () => {
  const cramps = withCount([], 3);
  expect(new Set(cramps.map(({ id }) => id)).size).toBe(3);
  expect(cramps[0]).toMatchObject({ onset_local: null, duration_min: null, pain_nrs: null, site: null, side: null, relief: [] });
});

test('counting up and down again keeps the details already given', () => {
  const first = aCramp('a', { pain_nrs: 4 });
  expect(withCount(withCount([first], 4), 1)).toEqual([first]);
});

test('stocking answers start from the last recorded night before', () => {
  const nights = recorded(aNight('2026-11-01', { stockings_day: true, stockings_night: false }), aNight('2026-11-05', { stockings_day: false }));
  expect(wear(newNight('2026-11-03', nights, [], 'Europe/Paris'))).toEqual([true, false]);
});

test('the plan of a trial goes before the last night', () => {
  const nights = recorded(aNight('2026-11-01', { stockings_day: true, stockings_night: true }));
  const plan = [{ date: '2026-11-02', assigned: false }, { date: '2026-11-03', assigned: true }, { date: '2026-11-04', assigned: null }];
  expect(wear(newNight('2026-11-02', nights, plan, 'UTC'))).toEqual([false, false]);
  expect(wear(newNight('2026-11-03', recorded(), plan, 'UTC'))).toEqual([true, null]);
  expect(wear(newNight('2026-11-04', nights, plan, 'UTC'))).toEqual([true, true]);
});

test('without plan and nights nothing is assumed', () => {
  expect(wear(newNight('2026-11-03', recorded(), [], 'UTC'))).toEqual([null, null]);
});

test.each([
  ['2,5', 2.5],
  ['2.5', 2.5],
  [' 10 ', 10],
  ['', null],
  ['0', undefined],
  ['121', undefined],
  ['a while', undefined],
  ['1e1', 10],
])('minutes typed as "%s" are read as %s', (typed, value) => {
  expect(parseNumber(typed, 0.1, 120)).toBe(value);
});
