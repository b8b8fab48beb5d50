import { expect, test } from 'vitest';
import { zoneOfClock } from './zones';

const now = new Date('2026-11-30T09:00:00Z');

/** The clock of a device in a zone that it does not name. */
function clockOf(zone: string) {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  return (at: Date) => {
    const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(format.format(at))!;
    return sign ? Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) : 0;
  };
}

test.each([
  ['UTC', 'UTC'],
  ['Africa/Lagos', 'Etc/GMT-1'],
  ['America/Phoenix', 'Etc/GMT+7'],
  ['Pacific/Kiritimati', 'Etc/GMT-14'],
])('an offset that never changes, as in %s, has a zone of its own', (zone, found) => {
  expect(zoneOfClock(now, clockOf(zone))).toBe(found);
});

test.each(['Europe/Madrid', 'America/New_York', 'America/Santiago', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Pacific/Chatham', 'Pacific/Auckland'])(
  'a device in %s gets a zone whose clock is the same on every day',
  (zone) => {
    const found = zoneOfClock(now, clockOf(zone));
    for (let day = 0; day < 365; day += 5) {
      const at = new Date(Date.UTC(2026, 0, 1 + day, 12));
      expect(clockOf(found)(at)).toBe(clockOf(zone)(at));
    }
  },
);

test('without names to look through the offset of the moment stands in', () => {
  expect(zoneOfClock(now, clockOf('Europe/Madrid'), [])).toBe('Etc/GMT-1');
  expect(zoneOfClock(now, clockOf('Asia/Kolkata'), [])).toBe('Etc/GMT-6');
});

test('a clock that no zone has gives UTC', () => {
  expect(zoneOfClock(now, () => 15 * 60)).toBe('UTC');
});
