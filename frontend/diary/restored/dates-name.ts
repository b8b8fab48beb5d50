import type { PlainDate } from '../../shared/nights';
import { localeOf, type Language } from '../../shared/preferences';

/** "3 October – 2 November 2026", or one date where both are the same; with the year, for nights from long ago. */
export function datesName(first: PlainDate, last: PlainDate, language: Language): string {
  const format = new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'long', timeZone: 'UTC' });
  const [from, to] = [first, last].map((date) => new Date(`${date}T12:00:00Z`)) as [Date, Date];
  return format.formatRange(from, to);
}
