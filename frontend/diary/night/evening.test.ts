// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest';
import { addDays, latestNight, wallClock } from '../../shared/nights';
import { eveningOf, morningOf } from './evening';
import { newMark } from './marks';

test.each([
  [null, 5 * 60],
  ['07:30', 5 * 60 + 30],
  ['05:00', 3 * 60],
  ['01:30', 0],
  ['00:00', 0],
  ['13:59', 11 * 60 + 59],
  ['14:00', 12 * 60],
  ['23:30', 12 * 60],
])('with a morning reminder at %s a morning begins at minute %i of the day', (reminder, minute) => {
  expect(morningOf(reminder)).toBe(minute);
});

test.each([
  ['2026-11-02T22:59:00Z', null, null, '2026-11-02', false],
  ['2026-11-02T23:30:00Z', null, null, '2026-11-02', true],
  ['2026-11-02T23:52:00Z', '07:30', null, '2026-11-02', true],
  ['2026-11-03T03:00:00Z', null, null, '2026-11-02', true],
  ['2026-11-03T03:59:00Z', null, null, '2026-11-02', true],
  ['2026-11-03T04:00:00Z', null, null, '2026-11-03', false],
  ['2026-11-03T04:00:00Z', '07:30', null, '2026-11-02', true],
  ['2026-11-03T02:00:00Z', null, '2026-11-02', '2026-11-03', false],
  ['2026-11-03T02:00:00Z', null, '2026-11-01', '2026-11-02', true],
  ['2026-11-03T10:59:00Z', '23:00', null, '2026-11-02', true],
  ['2026-11-03T11:01:00Z', '23:00', null, '2026-11-03', false],
])('at %s in Paris, with the reminder at %s and "I am up" said of %s, tonight is that of %s', (moment, reminder, up, tonight, goesOn) => {
  expect(eveningOf(new Date(moment), 'Europe/Paris', reminder, up)).toMatchObject({ tonight, goesOn });
});

// Clocks that change at midnight, at one, two and three, by half an hour, and not at all: the evening before each change.
const zones: [string, ...string[]][] = [
  ['Europe/Paris', '2026-03-28', '2026-10-24'],
  ['America/New_York', '2026-03-07', '2026-10-31'],
  ['America/Havana', '2026-03-07', '2026-10-31'],
  ['Australia/Lord_Howe', '2026-04-04', '2026-10-03'],
  ['Atlantic/Azores', '2026-03-28', '2026-10-24'],
  ['Asia/Kolkata', '2026-11-02'],
];
const reminders = [null, '00:10', '02:45', '03:30', '04:05', '07:30', '13:45', '23:30'];
const step = 15 * 60_000;
const day = 24 * 60 * 60_000;

/** Every quarter of an hour of two days, from midnight of a date in Greenwich. */
const momentsFrom = (date: string) => Array.from({ length: (2 * day) / step }, (_, n) => new Date(Date.parse(`${date}T00:00:00Z`) + n * step));

describe.each(zones)('in %s, hour by hour over every change of clocks', (zone, ...dates) => {
  test('until their morning plan, form and "Cramp now" mean the night a person is in, and it never goes back', () => {
    for (const date of dates) {
      const before = new Map<string | null, string>();
      for (const moment of momentsFrom(date)) {
        const [latest, marked, here] = [latestNight(moment, zone), newMark(moment, zone).night_date, wallClock(moment, zone)];
        for (const reminder of reminders) {
          const { tonight, goesOn } = eveningOf(moment, zone, reminder, null);
          const said = `${moment.toISOString()} with ${reminder}`;
          expect([said, tonight]).toEqual([said, goesOn ? latest : here.date]);
          if (goesOn) expect([said, marked, addDays(tonight, 1), here.hour < 12]).toEqual([said, tonight, here.date, true]);
          const last = before.get(reminder) ?? tonight;
          expect([last, addDays(last, 1)], said).toContain(tonight);
          before.set(reminder, tonight);
        }
      }
    }
  });

  test('"I am up" ends the night at once, for good, and no other night', () => {
    for (const moment of dates.flatMap(momentsFrom)) {
      const { tonight, goesOn } = eveningOf(moment, zone, null, null);
      if (!goesOn) continue;
      expect(eveningOf(moment, zone, null, tonight)).toEqual({ tonight: addDays(tonight, 1), goesOn: false, calledOver: true });
      expect(eveningOf(moment, zone, null, addDays(tonight, -1)).goesOn).toBe(true);
    }
  });
});

test('who travels west in the night is in the same night again, and never in an earlier one than is recorded there', () => {
  const moment = new Date('2026-11-04T05:30:00Z');
  expect(eveningOf(moment, 'Europe/Paris', null, null)).toMatchObject({ tonight: '2026-11-04', goesOn: false });
  expect(eveningOf(moment, 'America/New_York', null, null)).toMatchObject({ tonight: '2026-11-03', goesOn: true });
  // Whoever called that night over in Paris is not asked again in New York.
  expect(eveningOf(moment, 'America/New_York', null, '2026-11-03')).toMatchObject({ tonight: '2026-11-04', goesOn: false });
});
