import { answerDays, promisedBy, type Promised } from '../../shared/answers';
import type { Trial } from '../../shared/api/types';
import { dayName, deviceZone, latestNight, wallClock, type PlainDate } from '../../shared/nights';
import type { AnswerTexts } from '../../shared/texts/diary/answers/en';
import { now } from '../clock';
import { language } from '../texts';
import type { PlanCopy } from '../store/schema';

const say = (day: PlainDate) => dayName(day, language.value);

/** The night that is open on this phone now; a day of an answer has come when its night is open. */
export const openNight = () => latestNight(now.value, deviceZone());

/** When the answer comes, a sentence or two: what a look brought, the next one, the latest day. */
export function answersInWords({ looked, due, ahead, latest }: Promised, t: AnswerTexts, stopped = false): string[] {
  const [next] = ahead;
  if (!next) return [t.opened(say(latest))];
  if (stopped) return [(ahead.length > 1 ? t.opensBy : t.opensOn)(say(latest))];
  const before = due ? [t.due(say(due))] : looked ? [t.looked(say(looked))] : [];
  if (before.length > 0) return [...before, next === latest ? t.last(say(latest)) : t.next(say(next), say(latest))];
  return [next === latest ? t.one(say(latest)) : t.first(say(next), say(latest))];
}

/** What a trial of this phone's copy promises now. */
export function promisedNow(trial: Trial, { asked }: Pick<PlanCopy, 'asked'>): Promised {
  const [id, , seen = ''] = asked.split(' ');
  return promisedBy(answerDays(trial), id === trial.id ? seen : '', openNight());
}

/** The promise of a plan that is not drawn yet, by the days on which it can answer. */
export function promisedFrom(days: readonly PlainDate[]): Promised {
  return promisedBy(days, '', '');
}

/** For which day a trial was drawn, when that changed, and when it starts now; null for a trial that stayed. */
export function moveInWords({ moved_from, moved_at, start_date }: Trial, t: AnswerTexts): string | null {
  if (!moved_from || !moved_at) return null;
  return `${t.moved(say(moved_from), say(wallClock(new Date(moved_at), deviceZone()).date))} ${t.newStart(say(start_date))}`;
}

/** From which day the start was moved; nothing for a trial that stayed. */
export const movedFrom = ({ moved_from }: Trial, t: AnswerTexts): string[] => (moved_from ? [t.movedFrom(say(moved_from))] : []);

/** Why the days of the answer are others than at the draw; nothing for a trial that stayed. */
export function whyMoved({ moved_from, start_date }: Trial, t: AnswerTexts): string[] {
  return moved_from ? [t.movedWhy(say(moved_from), say(start_date))] : [];
}
