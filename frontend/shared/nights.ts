import { localeOf } from './preferences';

export { deviceZone } from './device';

/** A calendar date, "YYYY-MM-DD"; a night carries the date of its evening. */
export type PlainDate = string;

const atNoonUtc = (date: PlainDate) => new Date(`${date}T12:00:00Z`);

/** The calendar date so many days later; negative goes back. */
export function addDays(date: PlainDate, days: number): PlainDate {
  const moved = atNoonUtc(date);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

/** What calendar and clock on the wall show in a zone. */
export function wallClock(now: Date, zone: string): { date: PlainDate; hour: number } {
  const minute = localMinute(now, zone);
  return { date: minute.slice(0, 10), hour: Number(minute.slice(11, 13)) };
}

/** The time on the wall in a zone to the minute, "2026-11-04T03:10". */
export function localMinute(now: Date, zone: string): string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  });
  const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

/** The night that began yesterday evening. */
export function lastNight(now: Date, zone: string): PlainDate {
  return addDays(wallClock(now, zone).date, -1);
}

/** The latest night that may be recorded: a night opens at noon of its own date. */
export function latestNight(now: Date, zone: string): PlainDate {
  const { date, hour } = wallClock(now, zone);
  return hour >= 12 ? date : addDays(date, -1);
}

/** Where a clock time such as "03:10" falls within a night that runs from noon to noon. */
export function onsetInNight(night: PlainDate, time: string): string {
  return `${time >= '12:00' ? night : addDays(night, 1)}T${time}`;
}

/** "Tue 3 → Wed 4 Nov", or "Tue Nov 3 → Wed 4" where the month comes first: evening and morning, the month once where it is the same. */
export function nightName(night: PlainDate, language: string, { year = false } = {}): string {
  const evening = partsOf(night, language);
  const morning = partsOf(addDays(night, 1), language);
  const shared = evening.month === morning.month;
  const before = isMonthFirst(language);
  const name = ({ weekday, day, month }: typeof evening, withMonth: boolean) => [weekday, ...(!withMonth ? [day] : before ? [month, day] : [day, month])].join(' ');
  const both = `${name(evening, before || !shared)} → ${name(morning, !before || !shared)}`;
  return year ? `${both}${before ? ',' : ''} ${morning.year}` : both;
}

const isMonthFirst = (language: string) =>
  new Intl.DateTimeFormat(localeOf(language), { day: 'numeric', month: 'short', timeZone: 'UTC' }).formatToParts(0)[0]?.type === 'month';

/** "Tuesday, November 3 – Wednesday, November 4, 2026", for screen readers and where there is room. */
export function nightFullName(night: PlainDate, language: string): string {
  const format = new Intl.DateTimeFormat(localeOf(language), { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return weekdayJoined(format.formatRange(atNoonUtc(night), atNoonUtc(addDays(night, 1))), language);
}

/** "Nov 3, 2026, 3:10 AM": what the clock of this device shows. */
export function momentName(now: Date, language: string): string {
  return weekdayJoined(new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium', timeStyle: 'short' }).format(now), language);
}

/** "Tuesday, November 3" of one calendar date. */
export function dayName(date: PlainDate, language: string): string {
  const format = new Intl.DateTimeFormat(localeOf(language), { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });
  return weekdayJoined(format.format(atNoonUtc(date)), language);
}

/** Takes out the comma that browsers set after a weekday where Spanish writes none: "martes 3 de noviembre". */
export function weekdayJoined(text: string, language: string): string {
  return language === 'es' ? text.replace(/(\p{L}), (?=\d)/gu, '$1 ') : text;
}

/** "Tuesday" of one calendar date. */
export function weekdayName(date: PlainDate, language: string, style: 'long' | 'short' = 'long'): string {
  return new Intl.DateTimeFormat(localeOf(language), { weekday: style, timeZone: 'UTC' }).format(atNoonUtc(date));
}

/** What differs between two versions of a night told line by line: the lines that went, and those that came. */
export function differing(before: readonly string[], after: readonly string[]): { gone: string[]; come: string[] } {
  return { gone: before.filter((line) => !after.includes(line)), come: after.filter((line) => !before.includes(line)) };
}

function partsOf(date: PlainDate, language: string) {
  const day = atNoonUtc(date);
  const show = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(localeOf(language), { ...options, timeZone: 'UTC' }).format(day);
  return { weekday: show({ weekday: 'short' }), day: String(day.getUTCDate()), month: show({ month: 'short' }), year: String(day.getUTCFullYear()) };
}
