import { useId, useState } from 'preact/hooks';
import { YesNo } from '../../components/choice';
import { NumberField } from '../../components/fields';
import { session } from '../../session/signals';
import { startTexts, texts } from '../../texts';
import type { AskCode, Question, SafetyAnswers } from '../answers/answers';
import { legsOf } from './gate';
import { RedFlagAdvice, RedFlagQuestion } from './red-flag-question';
import { SafetyOutcome } from './outcome';
import { partNames, questionParts, urgencyOf, type QuestionPart } from './questions';
import { tellRedFlags, type Sent } from '../answers/send';
import { Step, StepLoading } from '../step';
import { useAnswers, type StepAnswers } from '../answers/use-answers';
import { usePart } from '../use-part';
import { useValidity } from '../../components/use-validity';

type Part = 'flags' | 'advice' | 'outcome' | QuestionPart;

const parts: readonly Part[] = ['flags', 'advice', ...partNames, 'outcome'];
const highestAbi = 2.5;

/** Red flags first, then who must not or should ask before wearing stockings, then what it comes to. */
export function SafetyStep() {
  const form = useAnswers('safety');
  return form ? <SafetyParts form={form} /> : <StepLoading />;
}

function SafetyParts({ form }: { form: StepAnswers<'safety'> }) {
  const answered = form.waiting || (!form.unsent && Boolean(form.known?.version));
  const [part, go] = usePart<Part>(parts, answered ? 'outcome' : 'flags');
  const [sent, setSent] = useState<Sent>('sent');
  const { answers } = form;
  const first = partNames[0] ?? 'outcome';
  const finish = async (changes: Partial<SafetyAnswers> = {}) => {
    const outcome = await form.finish(changes);
    setSent(outcome);
    if (typeof outcome !== 'object') go('outcome');
  };

  if (part === 'flags') {
    const onward = () => {
      const urgency = urgencyOf(answers.red_flags);
      if (urgency && urgency !== 'soon' && session.value) void tellRedFlags(session.value.store, answers);
      go(urgency ? 'advice' : first);
    };
    return <RedFlagQuestion flags={answers.red_flags} onChange={(red_flags) => form.change({ red_flags })} onNext={onward} />;
  }
  if (part === 'advice') return <RedFlagAdvice flags={answers.red_flags} onNext={() => go(first)} />;
  if (part === 'outcome') return <SafetyOutcome form={form} onChange={() => go('flags')} onAnswer={(question) => go(question)} />;
  const next = partNames[partNames.indexOf(part) + 1];
  return (
    <QuestionsPart
      key={part}
      part={part}
      form={form}
      problem={typeof sent === 'object' ? startTexts.value.start.refused(sent.refused) : null}
      last={next === undefined}
      onNext={() => (next ? go(next) : finish())}
    />
  );
}

interface QuestionsPartProps {
  part: QuestionPart;
  form: StepAnswers<'safety'>;
  problem: string | null;
  last: boolean;
  onNext: () => void | Promise<void>;
}

function QuestionsPart({ part, form, problem, last, onNext }: QuestionsPartProps) {
  const t = startTexts.value.safety;
  const { invalid, onValidity } = useValidity();
  const [blocked, setBlocked] = useState<string | null>(null);
  const { answers, asked } = form.answers;
  const answer = (question: Question, value: boolean | null) => {
    // Who says no any more needs nobody's agreement, and an old one must not stand for a later yes.
    const kept = value ? asked : Object.fromEntries(Object.entries(asked).filter(([code]) => code !== (question as AskCode)));
    form.change({ answers: { ...answers, [question]: value }, asked: kept });
  };
  return (
    <Step
      section="safety"
      title={t.parts[part]}
      lead={part === partNames[0] ? t.why : undefined}
      part={{ n: partNames.indexOf(part) + 2, of: partNames.length + 1 }}
      primary={last ? t.finish : startTexts.value.start.next}
      onPrimary={() => (invalid.size === 0 ? onNext() : setBlocked(texts.value.form.fixFirst))}
      problem={blocked ?? problem}
    >
      {questionParts[part].map((question) => (
        <SafetyQuestion key={question} question={question} answers={answers} onAnswer={answer} />
      ))}
      {part === 'flow' && <BloodFlowIndex answers={form.answers} change={form.change} onValidity={onValidity} />}
    </Step>
  );
}

interface BloodFlowIndexProps {
  answers: SafetyAnswers;
  change: (changes: Partial<SafetyAnswers>) => void;
  onValidity: (field: string, valid: boolean) => void;
}

function BloodFlowIndex({ answers, change, onValidity }: BloodFlowIndexProps) {
  const t = startTexts.value.safety;
  const id = useId();
  const legs = legsOf(answers);
  const tell = (leg: Partial<typeof legs>) => change({ ...legs, ...leg, abi: null });
  const bounds = { low: 0, high: highestAbi, onValidity };
  return (
    <section class="card">
      <div class="question" role="group" aria-labelledby={id} aria-describedby={`${id}-hint`}>
        <p class="question-text" id={id}>{t.abi}</p>
        <p class="hint" id={`${id}-hint`}>{t.abiHint}</p>
        <div class="two-fields">
          <NumberField label={t.abiLeft} value={legs.abi_left} onChange={(abi_left) => tell({ abi_left })} {...bounds} />
          <NumberField label={t.abiRight} value={legs.abi_right} onChange={(abi_right) => tell({ abi_right })} {...bounds} />
        </div>
      </div>
    </section>
  );
}

interface SafetyQuestionProps {
  question: Question;
  answers: SafetyAnswers['answers'];
  onAnswer: (question: Question, value: boolean | null) => void;
}

function SafetyQuestion({ question, answers, onAnswer }: SafetyQuestionProps) {
  const words = texts.value.form;
  const { ask, hint }: { ask: string; hint?: string } = startTexts.value.safety.questions[question];
  return (
    <section class="card">
      <YesNo
        legend={ask}
        hint={hint}
        yes={words.yes}
        no={words.no}
        unknown={words.unknown}
        answered={question in answers}
        value={answers[question] ?? null}
        onChange={(value) => onAnswer(question, value)}
      />
    </section>
  );
}
