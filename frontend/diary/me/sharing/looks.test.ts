import { expect, test } from 'vitest';
import { byDay } from './looks';

const entry = (at: string, what: string, physician_name = 'Dr. Park') => ({ at: new Date(at).toISOString(), physician_name, what });

test('looks are grouped by the reader’s own day, newest first', () => {
  const days = byDay([entry('2026-11-04T00:10', 'result'), entry('2026-11-03T23:50', 'nights')]);
  expect(days.map(({ looks }) => looks.map(({ what }) => what))).toEqual([['result'], ['nights']]);
});

test('the same look twice a day is one line with both times, the earlier one first', () => {
  const [day] = byDay([entry('2026-11-04T14:00', 'nights'), entry('2026-11-04T09:00', 'nights')]);
  expect(day?.looks).toHaveLength(1);
  expect(day?.looks[0]?.at.map((at) => at.getHours())).toEqual([9, 14]);
});

test('two physicians never share a line', () => {
  const [day] = byDay([entry('2026-11-04T14:00', 'nights'), entry('2026-11-04T09:00', 'nights', 'Dr. Weber')]);
  expect(day?.looks.map(({ who }) => who)).toEqual(['Dr. Park', 'Dr. Weber']);
});

test('a log without entries has no days', () => {
  expect(byDay([])).toEqual([]);
});
