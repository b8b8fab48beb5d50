import { formats } from '../../formats';
import type { Hold } from '../../records';
import { patientTexts, texts } from '../../texts';

/** A stop sign with the night or the day it is about: "Numb toes, the night Tue 3 → Wed 4 Nov". */
export function holdInWords({ night_date: night, code, since }: Hold): string {
  const { health, holds: words } = patientTexts.value;
  const reasons: Readonly<Record<string, string>> = health.reasons;
  const problems: Readonly<Record<string, string>> = texts.value.nights.problems;
  if (night === null) return words.ofScreen(reasons[code] ?? code, formats.value.date(since));
  return words.ofNight(problems[code] ?? code, formats.value.night(night));
}
