import { expect, test } from 'vitest';
import { aTrial } from '../../../test/trials';
import { aClinicNight } from '../../../test/clinic';
import { aCramp } from '../../../test/nights';
import { crampMinutes, everyNight, inWeeks, mondayOf, toldPanels, wasAssigned, wasWorn, worstPain } from './nights';

test('every night has a row, newest first, and a night without an entry has none of its own', () => {
  const nights = [aClinicNight('2026-11-01'), aClinicNight('2026-11-03')];
  const rows = everyNight(nights, '2026-11-01', '2026-11-04');
  expect(rows.map(({ date, night }) => [date, night !== null])).toEqual([
    ['2026-11-04', false],
    ['2026-11-03', true],
    ['2026-11-02', false],
    ['2026-11-01', true],
  ]);
});

test('a night recorded after the last one that has passed is shown too', () => {
  expect(everyNight([aClinicNight('2026-11-02')], '2026-11-01', '2026-11-01')).toHaveLength(2);
});

test('a diary without a night has no rows', () => {
  expect(everyNight([], null, '2026-11-04')).toEqual([]);
});

test('stockings count as worn by day or by night, and as unknown where neither is known and one is missing', () => {
  const worn = (day: boolean | null, night: boolean | null) =>
    wasWorn(aClinicNight('2026-11-01', { stockings_day: day, stockings_night: night }), 'any');
  expect([worn(true, null), worn(null, true), worn(false, false), worn(false, null), worn(null, null)]).toEqual([true, true, false, null, null]);
});

test('a trial of one exposure looks at that one only', () => {
  const night = aClinicNight('2026-11-01', { stockings_day: true, stockings_night: false });
  expect(wasWorn(night, 'day')).toBe(true);
  expect(wasWorn(night, 'night')).toBe(false);
});

test('minutes add up, are 0 without cramps, and are a least where a duration is missing', () => {
  const minutes = (...durations: (number | null)[]) =>
    crampMinutes(aClinicNight('2026-11-01', { cramps: durations.map((duration_min, i) => aCramp(String(i), { duration_min })) }));
  expect(minutes(2, 3.5)).toEqual({ total: 5.5, complete: true });
  expect(minutes()).toEqual({ total: 0, complete: true });
  expect(minutes(2, null)).toEqual({ total: 2, complete: false });
  expect(minutes(null)).toEqual({ total: null, complete: false });
});

test('worst pain is 0 without cramps and unknown where none was stated', () => {
  const pain = (...stated: (number | null)[]) =>
    worstPain(aClinicNight('2026-11-01', { cramps: stated.map((pain_nrs, i) => aCramp(String(i), { pain_nrs })) }));
  expect([pain(), pain(null, 4, 7), pain(null)]).toEqual([0, 7, null]);
});

test('weeks run from Monday to Sunday, newest first, and stay empty outside the diary', () => {
  expect(mondayOf('2026-11-08')).toBe('2026-11-02');
  expect(mondayOf('2026-11-09')).toBe('2026-11-09');
  const weeks = inWeeks(everyNight([], '2026-11-07', '2026-11-10'));
  expect(weeks.map(({ monday }) => monday)).toEqual(['2026-11-09', '2026-11-02']);
  expect(weeks[0]?.days.map((day) => day?.date)).toEqual(['2026-11-09', '2026-11-10', ...Array(5).fill(undefined)]);
});

test('only what was told of any night is offered, and a plan only where there is one', () => {
  const night = aClinicNight('2026-11-01', { cramps: [aCramp('a', { pain_nrs: 4 })], symptoms: { aching: 0, heaviness: null, soreness: null, burning: null } });
  const rows = [{ date: '2026-11-02', night: null }, { date: '2026-11-01', night }];
  expect(toldPanels(rows, undefined)).toEqual(['pain', 'aching', 'worn']);
  expect(toldPanels(rows, aTrial())).toEqual(['pain', 'aching', 'worn', 'assigned']);
  expect(toldPanels(rows, aTrial({ design: 'observational', blocks: [] }))).not.toContain('assigned');
});

test('a night is assigned by its block, not before the trial, after it, or from the day it was stopped', () => {
  const trial = aTrial({ start_date: '2026-11-01', block_nights: 3, blocks: [1, 0] });
  const dates = ['2026-10-31', '2026-11-01', '2026-11-03', '2026-11-04', '2026-11-06', '2026-11-07'];
  expect(dates.map((date) => wasAssigned(trial, date))).toEqual([null, true, true, false, false, null]);
  expect(wasAssigned({ ...trial, stopped_on: '2026-11-03' }, '2026-11-03')).toBe(null);
  expect(wasAssigned(undefined, '2026-11-01')).toBe(null);
});
