import { answerDays, promisedByResult, type Promised } from '../shared/answers';
import type { PlainDate } from '../shared/nights';
import type { ClinicTexts, Said } from '../shared/texts/clinic/en';
import type { Formats } from './formats';
import type { Caution, Need, PatientRow, Result, Trial } from './records';

/** A rate ratio as people say it: "52% fewer", "30% more", "2.4 times as many". */
export function changeInWords(ratio: number, texts: ClinicTexts, formats: Formats): string {
  const change = Math.round((ratio - 1) * 100) / 100;
  if (change === 0) return texts.change.same;
  if (ratio >= 2) return texts.change.times(formats.number(ratio, 1));
  return change < 0 ? texts.change.fewer(formats.percent(-change)) : texts.change.more(formats.percent(change));
}

/** Why a patient has no ratio to show. */
export function noRatio(state: PatientRow['state'], texts: ClinicTexts): string {
  const { running, insufficient, other } = texts.roster.noRatio;
  if (state === 'running') return running;
  return state === 'insufficient' ? insufficient : other;
}

/** An alert's name; a kind the catalogue does not hold is still shown as an alert. */
export function alertName(code: string, texts: ClinicTexts): string {
  const names: Readonly<Record<string, string>> = texts.alerts;
  return names[code] ?? texts.otherAlert;
}

const looks: readonly string[] = ['planned_end', 'first_look', 'next_look'];

/** When a locked comparison opens: what the last look brought, the next one, the latest day, and how many nights have passed. */
function openingInWords({ have, want }: Need, { looked, ahead, latest }: Promised, stopped: boolean, texts: ClinicTexts, formats: Formats): string {
  const t = texts.patient.opening;
  const say = (day: PlainDate) => formats.date(day);
  const next = ahead[0] ?? latest;
  const nights = t.nights(formats.number(have ?? 0), formats.number(want ?? 0));
  if (stopped) return `${t.stopped(say(latest))} ${nights}`;
  if (looked) return `${t.looked(say(looked))} ${next === latest ? t.last(say(latest)) : t.next(say(next), say(latest))} ${nights}`;
  return `${next === latest ? t.one(say(latest)) : t.first(say(next), say(latest))} ${nights}`;
}

/** What is still missing of a result, time or nights. */
export function needsInWords(result: Pick<Result, 'needs' | 'last_night'>, trial: Trial | undefined, texts: ClinicTexts, formats: Formats): string[] {
  const promised = promisedByResult(trial ? answerDays(trial) : [], result, '');
  const stopped = Boolean(trial?.stopped_on);
  return result.needs.map((need) => (looks.includes(need.code) ? openingInWords(need, promised, stopped, texts, formats) : needInWords(need, texts, formats)));
}

/** What is still missing, by its code; a code the catalogue does not hold is told in the server's words. */
export function needInWords(need: Need, texts: ClinicTexts, formats: Formats): string {
  const known: Readonly<Record<string, (have: string, want: string) => string>> = texts.patient.need;
  const { code, text, have, want } = need;
  return known[code]?.(formats.number(have ?? 0), formats.number(want ?? 0)) ?? text;
}

/** A reason to trust a result less, by its code; a code the catalogue does not hold is told in the server's words. */
export function warningInWords({ code, text, value }: Caution, texts: ClinicTexts, formats: Formats): string {
  const known: Readonly<Record<string, (said: Said) => string>> = texts.patient.warning;
  const size = Math.abs(value ?? 0);
  return known[code]?.({ number: formats.number(size), percent: formats.percent(size), ratio: formats.ratio(size) }) ?? text;
}

/** How the comparison was tested, and the p-value of the direction in which it points. */
export function methodInWords(result: Pick<Result, 'method' | 'n_schedules' | 'rate_ratio' | 'p_help' | 'p_worse'>, texts: ClinicTexts, formats: Formats): string | null {
  const { method, n_schedules: schedules, rate_ratio: ratio, p_help: fewer, p_worse: more } = result;
  if (method === null) return null;
  const how = texts.patient.methods[method](formats.number(schedules ?? 0));
  if (ratio === null || fewer === null || more === null) return how;
  const { pFewer, pMore } = texts.patient;
  return `${how}; ${ratio <= 1 ? pFewer(formats.p(fewer)) : pMore(formats.p(more))}`;
}
