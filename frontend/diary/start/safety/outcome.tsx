import { useState } from 'preact/hooks';
import type { Screening } from '../../../shared/api/types';
import { dayName } from '../../../shared/nights';
import { dayHere } from '../../clock';
import { HelpNotice } from '../../help';
import { end } from '../../hold/end';
import { hold, standing } from '../../hold/hold';
import { whyOff } from '../../night/stockings-off';
import { holdTexts, language, startTexts, texts } from '../../texts';
import { AskedDay } from '../asked-day';
import type { BlockCode, Question } from '../answers/answers';
import { isAnswered } from './gate';
import { partOf, whomToAsk, type QuestionPart } from './questions';
import { goOn, leaveForLater, Step } from '../step';
import type { StepAnswers } from '../answers/use-answers';

interface SafetyOutcomeProps {
  form: StepAnswers<'safety'>;
  onChange: () => void;
  /** Leads to the part of a question that has no answer. */
  onAnswer: (part: QuestionPart) => void;
}

/** What the safety screen comes to: free to try, ask first, not for now, or not answered in full. */
export function SafetyOutcome({ form, onChange, onAnswer }: SafetyOutcomeProps) {
  const t = startTexts.value;
  const { known } = form;
  if (form.waiting || !known || known.outcome === 'not_answered') {
    return (
      <Step section="safety" title={t.start.keptTitle} primary={t.start.goOnPlain} onPrimary={() => goOn('safety')} skippable={false}>
        <p class="notice">{t.start.kept} {t.safety.keptText}</p>
        <ChangeAnswers onChange={onChange} />
      </Step>
    );
  }
  if (known.outcome === 'ask_first') return <AskFirst form={form} known={known} onChange={onChange} />;
  const [missing] = known.missing;
  if (known.outcome === 'incomplete' && missing) {
    return (
      <Step section="safety" title={t.safety.outcomes.incomplete} lead={t.safety.incompleteText} primary={t.safety.answerMissing} onPrimary={() => onAnswer(partOf(missing))}>
        <ul class="card plain reasons">{known.missing.map((question) => <li key={question}>{t.safety.questions[question].ask}</li>)}</ul>
        <ChangeAnswers onChange={onChange} />
      </Step>
    );
  }
  if (known.outcome === 'blocked') return <Blocked known={known} onChange={onChange} />;
  if (hold.value) {
    return (
      <Step section="safety" title={texts.value.plan.leaveOff} lead={whyOff()} primary={t.start.goOnPlain} onPrimary={() => goOn('safety')} skippable={false}>
        <p>{t.safety.freeHeld}</p>
        <WhatEnds corrected />
        <ChangeAnswers onChange={onChange} />
      </Step>
    );
  }
  return (
    <Step section="safety" title={t.safety.outcomes.free} primary={t.start.goOnPlain} onPrimary={() => goOn('safety')} skippable={false}>
      <p>{t.safety.freeText}</p>
      <p class="notice">{t.safety.freeStop}</p>
      <ChangeAnswers onChange={onChange} />
    </Step>
  );
}

function Blocked({ known, onChange }: { known: Screening; onChange: () => void }) {
  const { safety: t, start } = startTexts.value;
  // What cannot wait stands before the other reasons.
  const others = known.blocked.filter((code) => code !== 'red_flag');
  const next = () => (isAnswered(known) ? goOn('safety') : leaveForLater('safety'));
  return (
    <Step section="safety" title={t.outcomes.blocked} lead={hold.value ? t.blockedText : t.blockedAsked} primary={start.goOnPlain} onPrimary={next} skippable={false}>
      {known.blocked.includes('red_flag') && <HelpNotice text={`${t.reasons.red_flag} ${t.whom.help}`} />}
      {others.length > 0 && (
        <section class="card">
          <h2>{t.because}</h2>
          <ul class="plain reasons">
            {others.map((code) => (
              <li key={code}>
                <Reason code={code} />
                <p>{t.whom[whomToAsk[code]]}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p>{t.blockedDiary}</p>
      {hold.value && <WhatEnds />}
      <ChangeAnswers onChange={onChange} />
    </Step>
  );
}

function Reason({ code }: { code: BlockCode }) {
  const t = startTexts.value.safety;
  if (code === 'abi_low' || code === 'abi_unknown') return <p class="strong">{t.reasons[code]}</p>;
  return (
    <>
      <p class="strong">{t.questions[code as Question].ask}</p>
      <p class="hint">{t.answeredYes}</p>
    </>
  );
}

function AskFirst({ form, known, onChange }: { form: StepAnswers<'safety'>; known: Screening; onChange: () => void }) {
  const { safety: t, start } = startTexts.value;
  const [problem, setProblem] = useState<string | null>(null);
  const today = dayHere(new Date());
  const { asked } = form.answers;
  const save = async () => {
    if (!form.unsent) return goOn('safety');
    if (Object.values(asked).some((day) => day > today || day < known.confirmed_since)) return setProblem(start.dateBounds(dayName(known.confirmed_since, language.value), dayName(today, language.value)));
    const sent = await form.finish();
    if (typeof sent === 'object') setProblem(start.refused(sent.refused));
  };
  return (
    <Step
      section="safety"
      title={t.outcomes.ask_first}
      lead={t.askFirstText}
      primary={form.unsent ? t.saveAsked : t.askLater}
      onPrimary={save}
      problem={problem}
      skippable={false}
    >
      {known.ask_first.map((code) => (
        <section class="card" key={code}>
          <p>{t.asks[code]}</p>
          <AskedDay
            day={asked[code] ?? null}
            first={known.confirmed_since}
            today={today}
            onChange={(day) => {
              const others = Object.fromEntries(Object.entries(asked).filter(([each]) => each !== code));
              form.change({ asked: day ? { ...others, [code]: day } : others });
            }}
          />
        </section>
      ))}
      <ChangeAnswers onChange={onChange} />
    </Step>
  );
}

/** What may be said to end what stands; answers that were taken back may have been a mistake. */
function WhatEnds({ corrected = false }: { corrected?: boolean }) {
  const mistaken = standing.value.filter(({ night_date }) => night_date === null);
  const today = dayHere(new Date());
  return (
    <>
      {corrected && mistaken.length > 0 && <button type="button" class="secondary" onClick={() => void end(mistaken, 'mistake', today)}>{holdTexts.value.mistake}</button>}
      <a class="link" href="/hold">{texts.value.plan.asked}</a>
    </>
  );
}

function ChangeAnswers({ onChange }: { onChange: () => void }) {
  return <button type="button" class="secondary" onClick={onChange}>{startTexts.value.start.change}</button>;
}
