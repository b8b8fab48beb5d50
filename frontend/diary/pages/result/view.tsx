import { isFavorable } from '../../../shared/story';
import { HelpButton } from '../../help';
import { resultTexts } from '../../texts';
import { Behind } from './behind';
import { Others } from './others';
import { endedShort, isSettled, staysOff, storyOf, type Reading } from './reading';
import { Trust } from './trust';
import { Verdict } from './verdict';
import { VisitPage } from './visit-page';
import './result.css';

/** A result with all that belongs to reading it rightly. */
export function ResultView(reading: Reading) {
  const { result } = reading;
  const settled = isSettled(result);
  return (
    <>
      <Verdict {...reading} />
      <Safety {...reading} />
      {settled && <Not result={result} />}
      <Next {...reading} />
      {settled && <Trust result={result} />}
      <Behind result={result} recorded={reading.recorded} />
      {settled && <Others result={result} />}
      <VisitPage />
      <div class="action-bar"><Action {...reading} /></div>
    </>
  );
}

/** What a result does not mean; beside a sign of help also what speaks against the veins as the reason. */
function Not({ result }: Pick<Reading, 'result'>) {
  const t = resultTexts.value;
  return (
    <section class="card">
      <h2>{t.notTitle}</h2>
      <p>{isFavorable(result) ? t.not.favorable : t.not.other}</p>
      {isFavorable(result) && <p>{t.against} {t.noStudy}</p>}
    </section>
  );
}

function Action(reading: Reading) {
  const t = resultTexts.value;
  if (isSettled(reading.result)) return <a class="primary" href="/me/sharing">{t.share}</a>;
  if (endedShort(reading) && !reading.against) return <a class="primary" href="/start/trial">{t.endedShort.again}</a>;
  return <a class="primary" href="/">{t.record}</a>;
}

/** A result never overrules the safety screen. */
function Safety(reading: Reading) {
  const t = resultTexts.value.safety;
  const against = reading.against;
  return against && <p class="notice safety">{t[against]} {isSettled(reading.result) && t.stays} <a href={against === 'night' ? '/hold' : '/start/safety'}>{t.see[against]}</a></p>;
}

function Next(reading: Reading) {
  const t = resultTexts.value;
  const { result } = reading;
  // Nothing that a verdict suggests about stockings holds where the safety screen speaks against them.
  const against = reading.against;
  const unsettled = staysOff(reading) ? t.held.insufficient.next : t.next[result.state];
  const lines = against ? [t.safety.first, ...(isSettled(result) ? t.safety.next : unsettled)] : storyOf(reading, t).next;
  return (
    <section class="card">
      <h2>{t.nextTitle}</h2>
      <ul>{lines.map((line) => <li key={line}>{line}</li>)}</ul>
      <p class="hint">{t.helpText}</p>
      <HelpButton />
    </section>
  );
}
