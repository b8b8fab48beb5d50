import { wallClock, type PlainDate } from '../../shared/nights';
import { localeOf } from '../../shared/preferences';
import { language } from '../texts';

/** The date of a moment where the patient lives. */
export function localDate(at: string, zone: string): PlainDate {
  return wallClock(new Date(at), zone).date;
}

/** A moment as the reader writes dates and times, on the patient's clock. */
export function localMoment(at: string, zone: string): string {
  return new Intl.DateTimeFormat(localeOf(language.value), { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(new Date(at));
}
