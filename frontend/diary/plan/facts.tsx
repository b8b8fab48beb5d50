import type { ComponentChildren } from 'preact';
import type { Trial } from '../../shared/api/types';
import { localeOf } from '../../shared/preferences';
import { wasCalledOff } from '../../shared/answers';
import { planned } from '../session/signals';
import { language, planTexts, texts } from '../texts';
import { answersInWords, moveInWords, promisedNow, whyMoved } from './answers';

interface FactsProps {
  trial: Trial;
  /** Whether it gave its answer before its planned end, where that is known. */
  early?: boolean;
}

/** How a trial was planned and drawn, and when it gives its answer. */
export function Facts({ trial, early = false }: FactsProps) {
  const t = planTexts.value;
  const move = moveInWords(trial, t.answers);
  return (
    <dl class="facts">
      <Fact name={t.design}>{designInWords(trial)}</Fact>
      <Fact name={t.exposure}>{t.exposures[trial.exposure]}</Fact>
      <Fact name={t.dates}>
        {dateRange(trial)} ({texts.value.count.nights(trial.planned_nights)})
        {move && <span class="fact-note">{move}</span>}
      </Fact>
      <Fact name={t.answer}>{answerOf(trial, early).map((line) => <span key={line} class="fact-line">{line}</span>)}</Fact>
      <Fact name={t.drawn}>
        {trial.seed === null ? t.notDrawn : t.drawnOn(shortDate(trial.created_at))}
        {trial.seed !== null && <span class="hint seed">{t.seed}: <code>{trial.seed}</code></span>}
      </Fact>
      {trial.expectation !== null && <Fact name={t.expectation}>{t.expected(trial.expectation)}</Fact>}
      {trial.stopped_at !== null && <Fact name={t.stopped}>{shortDate(trial.stopped_at)}{trial.stop_reason && <>: {trial.stop_reason}</>}</Fact>}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return <div><dt>{name}</dt><dd>{children}</dd></div>;
}

function answerOf(trial: Trial, early: boolean): string[] {
  const { answers: t, untilThen } = planTexts.value;
  if (wasCalledOff(trial)) return [t.never];
  if (early) return [t.early];
  const promised = promisedNow(trial, planned.value);
  const said = answersInWords(promised, t, trial.stopped_at !== null);
  return promised.ahead.length > 0 ? [...said, ...whyMoved(trial, t), untilThen] : said;
}

/** "November 1 – December 24, 2026". */
export function dateRange({ start_date, end_date }: Trial): string {
  const format = new Intl.DateTimeFormat(localeOf(language.value), { dateStyle: 'long', timeZone: 'UTC' });
  return format.formatRange(new Date(`${start_date}T12:00:00Z`), new Date(`${end_date}T12:00:00Z`));
}

function designInWords({ design, block_nights, blocks }: Trial): string {
  const words: Partial<Record<string, (nights: number, blocks: number) => string>> = planTexts.value.designs;
  return words[design]?.(block_nights ?? 0, blocks.length) ?? design;
}

function shortDate(moment: string): string {
  return new Intl.DateTimeFormat(localeOf(language.value), { dateStyle: 'long' }).format(new Date(moment));
}
