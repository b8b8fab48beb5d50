import { expect, test } from 'vitest';
import { aCramp, aNight } from '../../test/nights';
import type { Draft, Mark } from '../store/schema';
import { endedMarks, isRunning, newMark, stopMark, takeIn } from './marks';

const start = new Date('2026-11-04T02:10:20Z');
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const aMark = (id: string, given: Partial<Mark> = {}): Mark => ({ ...stopMark(newMark(start, 'Europe/Paris'), later(3)), id, ...given });
const aDraft = (given: Partial<Draft> = {}): Draft => ({ night: aNight('2026-11-03'), opened: null, step: 'choose', ...given });

test('a cramp belongs to the night that is open when it starts', () => {
  expect(newMark(start, 'Europe/Paris')).toMatchObject({ night_date: '2026-11-03', onset_local: '2026-11-04T03:10', stopped: false });
  expect(newMark(start, 'Asia/Tokyo')).toMatchObject({ night_date: '2026-11-03', onset_local: '2026-11-04T11:10' });
  expect(newMark(later(60), 'Asia/Tokyo')).toMatchObject({ night_date: '2026-11-04', onset_local: '2026-11-04T12:10' });
});

test.each([
  [3.04, 3],
  [0.01, 0.1],
  [45, 45],
  [120, 120],
  [121, null],
  [-1, null],
])('two clock readings %s minutes apart give a duration of %s', (minutes, duration) => {
  expect(stopMark(newMark(start, 'UTC'), later(minutes))).toMatchObject({ stopped: true, duration_min: duration });
});

test('a timer that nobody stops ends by itself, and knows no duration', () => {
  const mark = newMark(start, 'UTC');
  expect([0, 119, 121, -30].map((minutes) => isRunning(mark, later(minutes)))).toEqual([true, true, false, true]);
  expect(endedMarks([mark], mark.night_date, later(10))).toEqual([]);
  expect(endedMarks([mark], mark.night_date, later(300))).toEqual([mark]);
});

test('the morning form starts with the cramps of the night', () => {
  const draft = takeIn(aDraft(), [aMark('a'), aMark('b', { duration_min: null })]);
  expect(draft.night.cramps.map(({ id, duration_min }) => [id, duration_min])).toEqual([['a', 3], ['b', null]]);
  expect(draft).toMatchObject({ taken: ['a', 'b'], doubtful: [] });
});

test('a cramp that was removed from the form does not come back, and a new mark joins', () => {
  const draft = takeIn(aDraft({ taken: ['a'] }), [aMark('a'), aMark('b')]);
  expect(draft.night.cramps.map(({ id }) => id)).toEqual(['b']);
});

test('a night recorded on another phone is offered the cramp without losing its own', () => {
  const recorded = aNight('2026-11-03', { cramps: [aCramp('x', { pain_nrs: 4 })] });
  const draft = takeIn(aDraft({ night: recorded, opened: recorded }), [aMark('a')]);
  expect(draft.night.cramps.map(({ id }) => id)).toEqual(['x', 'a']);
});

test('a timer of more than half an hour is asked about', () => {
  expect(takeIn(aDraft(), [aMark('a', { duration_min: 30 }), aMark('b', { duration_min: 30.1 })]).doubtful).toEqual(['b']);
});
