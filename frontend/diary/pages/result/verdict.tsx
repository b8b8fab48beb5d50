import { answerDays, promisedByResult } from '../../../shared/answers';
import { localeOf } from '../../../shared/preferences';
import { answersInWords, openNight, whyMoved } from '../../plan/answers';
import { language, resultTexts } from '../../texts';
import { hasEstimate, IntervalPicture, IntervalTable, type Estimated } from './interval-picture';
import { staysOff, stoppedAt, storyOf, type Reading } from './reading';

const looks: readonly string[] = ['planned_end', 'first_look', 'next_look'];

/** What came out: words, picture, numbers. */
export function Verdict(reading: Reading) {
  const t = resultTexts.value;
  const { result } = reading;
  const { headline, lead } = storyOf(reading, t);
  const early = result.warnings.find(({ code }) => code === 'finished_early');
  const off = staysOff(reading);
  const collecting = !off && result.needs.some(({ code }) => code === 'first_look');
  const stopped = stoppedAt(reading);
  return (
    <section class="card verdict">
      <h2>{collecting ? t.collecting : headline}</h2>
      {stopped && <p class="strong">{t.stopped(new Intl.DateTimeFormat(localeOf(language.value), { dateStyle: 'long' }).format(new Date(stopped)))}</p>}
      <p>{lead}</p>
      {early && <p class="strong">{t.warnings.finished_early(early.value ?? 0)}</p>}
      {!(off && !reading.trial) && <Needs {...reading} />}
      {hasEstimate(result) && <Estimate result={result} />}
    </section>
  );
}

function Estimate({ result }: { result: Estimated }) {
  const t = resultTexts.value;
  const told = result.state === 'help' || result.state === 'worse';
  const touches = told && result.ci_low <= 1 && result.ci_high >= 1;
  return (
    <>
      <IntervalPicture result={result} />
      <p class="strong">{t.ratio(result.rate_ratio)}</p>
      <p>{t.interval(result.ci_low, result.ci_high)} <span class="hint">{t.intervalNote}</span></p>
      {touches && <p>{t.touchesSame}</p>}
      <IntervalTable result={result} />
    </>
  );
}

/** What is missing: how far the calendar has come and when the answer can come, or what the nights lack. */
function Needs({ result, trial }: Reading) {
  const t = resultTexts.value;
  const { needs } = result;
  const look = needs.find(({ code }) => looks.includes(code));
  if (look) {
    const [have, want] = [look.have ?? 0, look.want ?? 1];
    const promised = promisedByResult(trial ? answerDays(trial) : [], result, openNight());
    const opening = [...answersInWords(promised, t.answers, trial !== null && trial.stopped_at !== null), ...(trial ? whyMoved(trial, t.answers) : [])];
    return (
      <>
        <p class="strong">{t.passed(have, want)}</p>
        <progress class="nights-passed" max={want} value={have} aria-label={t.passed(have, want)} />
        {opening.map((line) => <p key={line}>{line}</p>)}
      </>
    );
  }
  const known: Partial<Record<string, (have: number, want: number) => string>> = t.needs;
  if (needs.length === 0) return null;
  return <ul>{needs.map(({ code, text, have, want }) => <li key={code}>{known[code]?.(have ?? 0, want ?? 0) ?? text}</li>)}</ul>;
}
