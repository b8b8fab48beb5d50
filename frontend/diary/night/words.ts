import { localeOf } from '../../shared/preferences';
import { capitalized } from '../../shared/texts/capitalized';
import type { Cramp, Night } from '../../shared/api/types';
import { symptoms } from '../../shared/night-fields';
import type { DetailTexts } from '../../shared/texts/diary/details/en';
import type { DiaryTexts } from '../../shared/texts/diary/en';

/** The stocking answers in words: "stockings worn by day". */
export function stockingsInWords(night: Pick<Night, 'stockings_day' | 'stockings_night'>, t: DiaryTexts): string {
  const words = t.form.stockingWords;
  const { stockings_day: day, stockings_night: bed } = night;
  if (day && bed) return words.both;
  if (day) return words.day;
  if (bed) return words.night;
  if (day === false && bed === false) return words.none;
  if (day === false) return words.noneByDay;
  return bed === false ? words.noneInBed : words.unknown;
}

/** "No cramps" or "2 cramps". */
export function crampsInWords(night: Night, t: DiaryTexts): string {
  return night.cramps.length === 0 ? t.words.none : t.words.cramps(night.cramps.length);
}

/** What was said about one cramp, in one line. */
export function crampInWords(cramp: Cramp, d: DetailTexts, language: string): string {
  const parts = [
    cramp.onset_local && d.words.started(clockTime(cramp.onset_local, language)),
    placeInWords(cramp, d)?.toLocaleLowerCase(language),
    cramp.duration_min !== null && d.words.lasted(cramp.duration_min.toLocaleString(localeOf(language))),
    cramp.pain_nrs !== null && d.words.pain(cramp.pain_nrs),
    cramp.relief.length > 0 && d.words.eased(listed(cramp.relief.map((each) => d.reliefs[each]), language)),
  ].filter((part) => typeof part === 'string');
  return parts.length > 0 ? parts.join(', ') : d.words.noDetails;
}

function placeInWords({ site, side }: Cramp, d: DetailTexts): string | null {
  if (site && side) return `${d.sites[site]} (${d.sides[side]})`;
  return site ? d.sites[site] : side && d.sides[side];
}

/** Everything said about a night, a line each. */
export function nightInWords(night: Night, t: DiaryTexts, d: DetailTexts, language: string): string[] {
  return [
    crampsInWords(night, t),
    ...night.cramps.map((cramp, index) => `${t.form.cramp(index + 1)}: ${crampInWords(cramp, d, language)}`),
    capitalized(stockingsInWords(night, t), language),
    ...otherAnswers(night, t, d, language),
  ];
}

/** Answers beyond cramps and stockings, a line each. */
export function otherAnswers(night: Night, t: DiaryTexts, d: DetailTexts, language: string): string[] {
  const lines = [
    night.day_wear_h !== null && d.words.wearHours(night.day_wear_h.toLocaleString(localeOf(language))),
    night.rls_urge !== null && (night.rls_urge ? d.words.urge : d.words.noUrge),
    night.awake_min !== null && d.words.awake(night.awake_min.toLocaleString(localeOf(language))),
    ...symptoms.map((name) => night.symptoms[name] !== null && d.words.symptom(d.symptoms[name], night.symptoms[name])),
    night.problems.length > 0 && d.words.problems(listed(night.problems.map((each) => t.form.problemNames[each]), language)),
    night.contributors.length > 0 && d.words.contributors(listed(night.contributors.map((each) => d.contributorNames[each]), language)),
    night.note && d.words.note(night.note),
  ];
  return lines.filter((line) => typeof line === 'string' && line !== '') as string[];
}

/** "03:10" of a local time, as the reader writes clocks. */
export function clockTime(local: string, language: string): string {
  const time = new Date(`${local}:00Z`);
  return new Intl.DateTimeFormat(localeOf(language), { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(time);
}

function listed(items: string[], language: string): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(items.map((item) => item.toLocaleLowerCase(language)));
}
