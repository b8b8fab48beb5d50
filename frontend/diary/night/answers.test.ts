import { expect, test } from 'vitest';
import { aCramp, aNight } from '../../test/nights';
import type { Night, Trial } from '../../shared/api/types';
import { aTrial } from '../../test/trials';
import type { PlanCopy } from '../store/schema';
import { noPlan } from '../sync/plan';
import { newNight, parseNumber, withCount } from './answers';

const recorded = (...nights: Night[]) => new Map(nights.map((night) => [night.night_date, { night_date: night.night_date, night, combined: false }]));
const aPlan = (exposure: Trial['exposure'], days: [string, boolean][]): PlanCopy => ({
  ...noPlan,
  trials: [aTrial({ exposure })],
  plan: days.map(([date, assigned]) => ({ date, assigned })),
});
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

test('a habit of three nights is expected again', () => {
  const nights = recorded(...['2026-11-01', '2026-11-02', '2026-11-04'].map((date) => aNight(date, { stockings_day: true, stockings_night: false })));
  expect(wear(newNight('2026-11-05', nights, noPlan, 'Europe/Paris'))).toEqual([true, false]);
  expect(wear(newNight('2026-11-04', nights, noPlan, 'Europe/Paris'))).toEqual([null, null]);
});

test('answers that differ or are missing make no habit', () => {
  const nights = recorded(
    aNight('2026-11-01', { stockings_day: true, stockings_night: false }),
    aNight('2026-11-02', { stockings_day: false }),
    aNight('2026-11-03', { stockings_day: true, stockings_night: false }),
  );
  expect(wear(newNight('2026-11-04', nights, noPlan, 'UTC'))).toEqual([null, null]);
});

test.each([
  ['any', true, [true, null]],
  ['any', false, [false, false]],
  ['day', true, [true, null]],
  ['day', false, [false, null]],
  ['night', true, [null, true]],
  ['night', false, [null, false]],
] as const)('a trial of wear "%s" expects on %s what it tests, and assumes nothing else', (exposure, assigned, expected) => {
  expect(wear(newNight('2026-11-03', recorded(), aPlan(exposure, [['2026-11-03', assigned]]), 'UTC'))).toEqual(expected);
});

test('other wear follows the habit of nights with the same assignment', () => {
  const on = ['2026-11-01', '2026-11-02', '2026-11-03'].map((date) => aNight(date, { stockings_day: true, stockings_night: true }));
  const plan = aPlan('day', [['2026-11-01', true], ['2026-11-02', true], ['2026-11-03', true], ['2026-11-04', true], ['2026-11-05', false]]);
  expect(wear(newNight('2026-11-04', recorded(...on), plan, 'UTC'))).toEqual([true, true]);
  expect(wear(newNight('2026-11-05', recorded(...on), plan, 'UTC'))).toEqual([false, null]);
});

test('a trial that has its answer expects nothing of later nights', () => {
  const plan = aPlan('any', [['2026-11-03', true]]);
  expect(wear(newNight('2026-11-03', recorded(), { ...plan, finished: plan.trials[0]!.id }, 'UTC'))).toEqual([null, null]);
});

test('where stockings are advised against neither plan nor habit fills them in', () => {
  const nights = recorded(...['2026-11-01', '2026-11-02', '2026-11-03'].map((date) => aNight(date, { stockings_day: true, stockings_night: true })));
  expect(wear(newNight('2026-11-04', nights, null, 'UTC'))).toEqual([null, null]);
});

test('without plan and nights nothing is assumed', () => {
  expect(wear(newNight('2026-11-03', recorded(), noPlan, 'UTC'))).toEqual([null, null]);
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
