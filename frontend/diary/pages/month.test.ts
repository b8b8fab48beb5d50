import { expect, test } from 'vitest';
import { daysOfMonth, firstWeekday, monthName, moveMonth, sinceFirst, weekdayNames, weeksOf } from './month';

test('a month has all its days, leap days too', () => {
  expect(daysOfMonth('2028-02')).toHaveLength(29);
  expect(daysOfMonth('2026-11').at(-1)).toBe('2026-11-30');
});

test('months move across years', () => {
  expect(moveMonth('2026-12', 1)).toBe('2027-01');
  expect(moveMonth('2026-01', -1)).toBe('2025-12');
});

test('nights count from the first one recorded, in whatever order they came', () => {
  const days = daysOfMonth('2026-11').slice(0, 5);
  expect(sinceFirst(days, ['2026-11-05', '2026-11-03'])).toEqual(['2026-11-03', '2026-11-04', '2026-11-05']);
  expect(sinceFirst(days, ['2026-10-30'])).toEqual(days);
  expect(sinceFirst(days, ['2026-12-01'])).toEqual([]);
});

test('weeks begin on the day asked for and are filled to seven', () => {
  const fromMonday = weeksOf('2026-11', 1);
  expect(fromMonday[0]).toEqual([null, null, null, null, null, null, '2026-11-01']);
  expect(weeksOf('2026-11', 0)[0]?.[0]).toBe('2026-11-01');
  expect(fromMonday.every((week) => week.length === 7)).toBe(true);
});

test('the first weekday follows the person’s region', () => {
  expect(firstWeekday('en', ['en-US'])).toBe(0);
  expect(firstWeekday('en', ['en-GB'])).toBe(1);
  expect(firstWeekday('es', ['en-GB', 'es-MX'])).toBe(0);
});

test('weekdays and months are named in the reader’s language', () => {
  expect(weekdayNames('es', 1)[0]).toEqual({ short: 'lun', long: 'lunes' });
  expect(monthName('2026-11', 'es')).toBe('noviembre de 2026');
});
