import { afterEach, expect, test, vi } from 'vitest';
import { addDays, dayName, lastNight, latestNight, nightFullName, nightName, onsetInNight } from './nights';

const speak = (...languages: string[]) => vi.stubGlobal('navigator', { languages });

afterEach(() => vi.unstubAllGlobals());

test('a night is named by evening and morning, the month once', () => {
  speak('en-GB');
  expect(nightName('2026-11-03', 'en')).toBe('Tue 3 → Wed 4 Nov');
  expect(nightName('2026-11-03', 'es')).toBe('mar 3 → mié 4 nov');
});

test('a night is named in the order in which a place writes its dates', () => {
  speak('en-US', 'es-MX');
  expect(nightName('2026-11-03', 'en')).toBe('Tue Nov 3 → Wed 4');
  expect(nightName('2026-10-31', 'en')).toBe('Sat Oct 31 → Sun Nov 1');
  expect(nightName('2026-11-03', 'en', { year: true })).toBe('Tue Nov 3 → Wed 4, 2026');
  expect(nightName('2026-12-31', 'en', { year: true })).toBe('Thu Dec 31 → Fri Jan 1, 2027');
  expect(nightName('2026-11-03', 'es')).toBe('mar 3 → mié 4 nov');
});

test('a night across months and years says both months', () => {
  speak('en-GB');
  expect(nightName('2026-10-31', 'en')).toBe('Sat 31 Oct → Sun 1 Nov');
  expect(nightName('2026-12-31', 'en', { year: true })).toBe('Thu 31 Dec → Fri 1 Jan 2027');
});

test('the spoken name is written out', () => {
  expect(nightFullName('2026-11-03', 'en')).toMatch(/^Tuesday, November 3\s–\sWednesday, November 4, 2026$/);
  expect(nightFullName('2026-11-03', 'es')).toMatch(/^martes 3 de noviembre\s–\smiércoles 4 de noviembre de 2026$/);
  expect(dayName('2026-11-03', 'es')).toBe('martes 3 de noviembre');
});

test('at 3 a.m. the night in question is yesterday’s', () => {
  const now = new Date('2026-11-04T02:00:00Z');
  expect(lastNight(now, 'Europe/Paris')).toBe('2026-11-03');
  expect(latestNight(now, 'Europe/Paris')).toBe('2026-11-03');
});

test('tonight opens at noon, and last night stays the question', () => {
  const beforeNoon = new Date('2026-11-04T10:59:00Z');
  const noon = new Date('2026-11-04T11:00:00Z');
  expect(latestNight(beforeNoon, 'Europe/Paris')).toBe('2026-11-03');
  expect(latestNight(noon, 'Europe/Paris')).toBe('2026-11-04');
  expect(lastNight(noon, 'Europe/Paris')).toBe('2026-11-03');
});

test('the same instant is another night in another zone', () => {
  const now = new Date('2026-11-04T00:30:00Z');
  expect(lastNight(now, 'America/Los_Angeles')).toBe('2026-11-02');
  expect(lastNight(now, 'Pacific/Auckland')).toBe('2026-11-03');
});

test('nights of 23 and of 25 hours close at the noon on the wall', () => {
  expect(latestNight(new Date('2026-03-29T09:59:00Z'), 'Europe/Berlin')).toBe('2026-03-28');
  expect(latestNight(new Date('2026-03-29T10:00:00Z'), 'Europe/Berlin')).toBe('2026-03-29');
  expect(latestNight(new Date('2026-10-25T10:59:00Z'), 'Europe/Berlin')).toBe('2026-10-24');
  expect(latestNight(new Date('2026-10-25T11:00:00Z'), 'Europe/Berlin')).toBe('2026-10-25');
});

test('days are counted on the calendar, clock changes or not', () => {
  expect(addDays('2026-03-28', 1)).toBe('2026-03-29');
  expect(addDays('2026-03-29', 1)).toBe('2026-03-30');
  expect(addDays('2027-01-01', -1)).toBe('2026-12-31');
});

test('a cramp after midnight belongs to the night that began the evening before', () => {
  expect(onsetInNight('2026-11-03', '23:40')).toBe('2026-11-03T23:40');
  expect(onsetInNight('2026-11-03', '03:10')).toBe('2026-11-04T03:10');
  expect(onsetInNight('2026-11-03', '12:00')).toBe('2026-11-03T12:00');
  expect(onsetInNight('2026-11-03', '11:59')).toBe('2026-11-04T11:59');
});
