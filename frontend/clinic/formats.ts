import { computed } from '@preact/signals';
import { nightName, type PlainDate } from '../shared/nights';
import { language } from './texts';
import { localeOf } from '../shared/preferences';

export interface Formats {
  /** A rate ratio: two decimals, fewer where it is large. */
  ratio(value: number): string;
  /** A share from 0 to 1 as a whole percentage. */
  percent(share: number): string;
  /** A share from 0 to 1 as a percentage with one decimal. */
  share(share: number): string;
  /** A p-value: three decimals, and "< 0.001" below. */
  p(value: number): string;
  /** A number with at most so many decimals. */
  number(value: number, decimals?: number): string;
  /** A rate: always one decimal. */
  rate(value: number): string;
  /** "Nov 3, 2026". */
  date(iso: PlainDate): string;
  /** "Nov 3". */
  shortDate(iso: PlainDate): string;
  /** "Tue". */
  weekday(iso: PlainDate): string;
  /** The night that begins on a date: "Tue Nov 3 → Wed 4". */
  night(iso: PlainDate): string;
}

function utc(iso: PlainDate): Date {
  return new Date(`${iso}T00:00:00Z`);
}

/** Numbers and dates as readers of a language write them. Dates are calendar dates, so no zone may shift them. */
export function createFormats(locale: string): Formats {
  const dated = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  const two = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const one = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const percentOfTen = new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const three = new Intl.NumberFormat(locale, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const long = dated({ day: 'numeric', month: 'short', year: 'numeric' });
  const short = dated({ day: 'numeric', month: 'short' });
  const weekday = dated({ weekday: 'short' });
  return {
    ratio: (value) => (value < 10 ? two : one).format(value),
    share: (share) => percentOfTen.format(share),
    // A line never ends between the sign and its number.
    p: (value) => (value < 0.001 ? `<\u00a0${three.format(0.001)}` : `=\u00a0${three.format(value)}`),
    percent: (share) => percent.format(share),
    number: (value, decimals = 0) => new Intl.NumberFormat(locale, { maximumFractionDigits: decimals }).format(value),
    rate: (value) => one.format(value),
    date: (iso) => long.format(utc(iso)),
    shortDate: (iso) => short.format(utc(iso)),
    weekday: (iso) => weekday.format(utc(iso)),
    night: (iso) => nightName(iso, locale),
  };
}

/** The formats of the language on screen. */
export const formats = computed(() => createFormats(localeOf(language.value)));
