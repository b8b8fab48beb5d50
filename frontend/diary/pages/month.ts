import { localeOf } from '../../shared/preferences';
import { addDays, type PlainDate } from '../../shared/nights';

/** A month, "YYYY-MM". */
export type Month = string;

/** The month so many months later. */
export function moveMonth(month: Month, months: number): Month {
  const moved = new Date(`${month}-15T12:00:00Z`);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  return moved.toISOString().slice(0, 7);
}

/** Every month from one date to another, both included. */
export function monthsBetween(first: PlainDate, last: PlainDate): Month[] {
  const months: Month[] = [];
  for (let month = first.slice(0, 7); month <= last.slice(0, 7); month = moveMonth(month, 1)) months.push(month);
  return months;
}

/** All dates of a month. */
export function daysOfMonth(month: Month): PlainDate[] {
  const days: PlainDate[] = [];
  for (let date = `${month}-01`; date.startsWith(month); date = addDays(date, 1)) days.push(date);
  return days;
}

/** The days from the first recorded night on. */
export function sinceFirst(days: readonly PlainDate[], recorded: readonly PlainDate[]): PlainDate[] {
  return days.filter((date) => recorded.some((night) => night <= date));
}

/** The dates in rows of seven from the first weekday (0 Sunday, 1 Monday); null outside the month. */
export function weeksOf(month: Month, start: number): (PlainDate | null)[][] {
  const days = daysOfMonth(month);
  const lead = (new Date(`${month}-01T12:00:00Z`).getUTCDay() - start + 7) % 7;
  const cells: (PlainDate | null)[] = [...Array<null>(lead).fill(null), ...days];
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** The day on which weeks begin where the person is: Sunday in much of the Americas, else Monday. */
export function firstWeekday(language: string, locales: readonly string[] = navigator.languages): number {
  const locale = locales.find((each) => each.startsWith(language)) ?? language;
  const withWeeks = new Intl.Locale(locale).maximize() as Intl.Locale & { weekInfo?: { firstDay: number }; getWeekInfo?: () => { firstDay: number } };
  const firstDay = withWeeks.getWeekInfo?.().firstDay ?? withWeeks.weekInfo?.firstDay ?? 1;
  return firstDay % 7;
}

/** Names of the weekdays from the first one. */
export function weekdayNames(language: string, start: number): { short: string; long: string }[] {
  const name = (day: number, style: 'short' | 'long') =>
    // 1 February 2026 was a Sunday.
    new Intl.DateTimeFormat(localeOf(language), { weekday: style, timeZone: 'UTC' }).format(new Date(Date.UTC(2026, 1, 1 + day, 12)));
  return Array.from({ length: 7 }, (_, index) => ({ short: name(start + index, 'short'), long: name(start + index, 'long') }));
}

/** "November 2026". */
export function monthName(month: Month, language: string): string {
  return new Intl.DateTimeFormat(localeOf(language), { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-15T12:00:00Z`));
}
