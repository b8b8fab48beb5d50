import { useState } from 'preact/hooks';
import { wasCalledOff } from '../../../shared/answers';
import type { Screening, Trial } from '../../../shared/api/types';
import { addDays, dayName, type PlainDate } from '../../../shared/nights';
import { dayHere } from '../../clock';
import { Choice } from '../../components/choice';
import { firstDay, type Waits } from '../../first-day';
import { answersInWords, promisedFrom } from '../../plan/answers';
import { navigate } from '../../router';
import { me, planned, session } from '../../session/signals';
import { language, startTexts, texts } from '../../texts';
import type { TrialWish, Wear } from '../answers/answers';
import { AskedDay } from '../asked-day';
import { keepWishes, markStep } from '../marks';
import { RadioRows } from '../rows';
import { goOn, Step } from '../step';
import { BeginPart } from './begin';
import { useChecks } from './checks';
import { PlanChoice } from './choice';
import { drawTrial, type Gate } from './draw';
import { blockNights, nightsOf, planOf, quickNights, startOf, type TrialKind } from './plans';
import type { StepAnswers } from '../answers/use-answers';
import { usePart } from '../use-part';

const questions = ['choose', 'wear', 'begin', 'expect', 'sure'] as const;
const parts = [...questions, 'kept'] as const;
const wears: readonly Wear[] = ['day', 'night', 'any'];
const scale = Array.from({ length: 11 }, (_, n) => [n, String(n)] as const);

interface TrialWishProps {
  form: StepAnswers<'trial'>;
  screening: Screening | null;
  onDrawn: (trial: Trial) => void;
  /** The person keeps the diary without a plan. */
  onNone: () => void;
}

/** Everything that is decided before the draw, one question a part, and the draw. */
export function TrialWishParts({ form, screening, onDrawn, onNone }: TrialWishProps) {
  const waits = firstDay.value?.waits;
  const [part, go] = usePart(parts, waits && form.answers.plan ? 'begin' : 'choose');
  const kind = form.answers.plan;
  const keep = async (until: Waits) => {
    if (session.value) await keepWishes(session.value.store, until);
    go('kept');
  };
  if (part === 'choose' || kind === null || kind === 'none') {
    return <PlanChoice part={numbered('choose')} wish={form.answers} change={form.change} onNext={() => (kind === 'none' ? void form.finish().then(onNone) : go('wear'))} />;
  }
  const shared = { wish: form.answers, change: form.change };
  if (part === 'wear') return <WearPart {...shared} screening={screening} onNext={() => go('begin')} />;
  if (part === 'kept') return <WishesKept onNow={() => go('begin')} />;
  if (part === 'begin') return <BeginPart {...shared} part={numbered('begin')} screening={screening} back={waits !== undefined} onNext={() => go('expect')} onLater={keep} />;
  if (part === 'expect') return <ExpectPart {...shared} onNext={() => go('sure')} />;
  return <SurePart wish={form.answers} kind={kind} screening={screening} onDrawn={onDrawn} />;
}

interface PartProps {
  wish: TrialWish;
  change: (changes: Partial<TrialWish>) => void;
  onNext: () => void;
}

const today = () => dayHere(new Date());
const numbered = (part: (typeof questions)[number]) => ({ n: questions.indexOf(part) + 1, of: questions.length });

/** Nothing is drawn: the wishes wait on this phone for stockings, or for a clinician's word. */
function WishesKept({ onNow }: { onNow: () => void }) {
  const { trial: t, start } = startTexts.value;
  const waits = firstDay.value?.waits ?? 'stockings';
  const now = () => (waits === 'asking' ? navigate('/start/safety') : onNow());
  return (
    <Step section="trial" title={t.keptTitle} lead={t.keptText[waits]} primary={start.goOnPlain} onPrimary={() => goOn('trial')} skippable={false}>
      <p>{t.keptBack[waits]}</p>
      <button type="button" class="secondary" onClick={now}>{waits === 'asking' ? t.toAsk : texts.value.today.waits.stockings}</button>
    </Step>
  );
}

function WearPart({ wish, change, onNext, screening }: PartProps & { screening: Screening | null }) {
  const { trial: t, safety, start } = startTexts.value;
  const [problem, setProblem] = useState<string | null>(null);
  const agreed = wish.agreed ?? screening?.asked.night_wear ?? null;
  const first = screening?.confirmed_since ?? addDays(today(), -180);
  const next = () => {
    if (wish.wear !== 'day' && (agreed === null || agreed > today() || agreed < first)) return setProblem(t.agreementNeeded);
    change({ agreed: wish.wear === 'day' ? null : agreed });
    onNext();
  };
  return (
    <Step section="trial" title={t.wearTitle} lead={t.wearHint} part={numbered('wear')} primary={start.next} onPrimary={next} problem={problem}>
      <section class="card">
        <RadioRows
          quiet
          legend={t.wearTitle}
          options={wears.map((value) => ({ value, label: t.wears[value], text: <span>{t.wearTexts[value]}</span> }))}
          value={wish.wear}
          onChange={(wear) => change({ wear })}
        />
      </section>
      {wish.wear !== 'day' && (
        <section class="card">
          <p>{safety.asks.night_wear}</p>
          <AskedDay day={agreed} first={first} today={today()} onChange={(day) => change({ agreed: day })} />
        </section>
      )}
    </Step>
  );
}

function ExpectPart({ wish, change, onNext }: PartProps) {
  const { trial: t, start } = startTexts.value;
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <Step
      section="trial"
      title={t.expectTitle}
      lead={t.expectHint}
      part={numbered('expect')}
      primary={start.next}
      onPrimary={() => (wish.expectation === null ? setProblem(t.expectNeeded) : onNext())}
      problem={problem}
    >
      <Choice quiet legend={t.expectTitle} hint={t.expectScale} columns={6} options={scale} value={wish.expectation} onChange={(expectation) => change({ expectation })} />
    </Step>
  );
}

type Ending = { gate: Gate } | { text: string };

function SurePart({ wish, kind, screening, onDrawn }: { wish: TrialWish; kind: TrialKind; screening: Screening | null; onDrawn: (trial: Trial) => void }) {
  const { trial: t, start } = startTexts.value;
  const [ending, setEnding] = useState<Ending | null>(null);
  const rate = me.value?.usual_cramps_per_week ?? null;
  const plan = planOf(kind, rate);
  const { checks, unreachable } = useChecks([kind], rate);
  const days = checks[kind]?.answers_after;
  const [latest] = planned.value.trials;
  const begins = startOf(wish, today());
  const say = (day: PlainDate) => dayName(day, language.value);
  const quick = kind === 'quick';
  const draw = async () => {
    const drawn = await drawTrial(kind, wish, screening);
    if (drawn === 'unreachable') return setEnding({ text: start.needsConnection });
    if ('refused' in drawn) return setEnding({ text: start.refused(drawn.refused) });
    if ('gate' in drawn) return setEnding(drawn);
    if (session.value) await Promise.all([session.value.store.deleteMeta('start:trial'), markStep(session.value.store, 'trial', 'done')]);
    onDrawn(drawn.trial);
  };
  return (
    <Step
      section="trial"
      title={quick ? t.sureQuickTitle : t.sureTitle}
      lead={quick ? t.sureQuickFixed : t.sure}
      part={numbered('sure')}
      primary={quick ? t.startQuick : t.draw}
      onPrimary={draw}
      problem={ending && 'text' in ending ? ending.text : null}
    >
      {unreachable && <p class="notice" role="status">{start.needsConnection}</p>}
      <ul class="card advice">
        <li>{quick ? t.sureQuick(quickNights) : t.sureBlocks(nightsOf(plan) / blockNights, blockNights)}</li>
        <li>{t.wears[wish.wear]}. {t.wearTexts[wish.wear]}</li>
        <li>{t.sureStart(say(begins))} {t.sureMove}</li>
        <li>{t.sureEnd(say(addDays(begins, nightsOf(plan) - 1)))}</li>
        <li aria-busy={!days}>{days ? answersInWords(promisedFrom(days.map((nights) => addDays(begins, nights))), t.answers).join(' ') : t.checking} {t.sureResult}</li>
        <li>{t.sureStop}</li>
      </ul>
      {!quick && latest && wasCalledOff(latest) && <p class="notice">{t.sureSame}</p>}
      {ending && 'gate' in ending && (
        <p class="notice" role="alert">
          {t.gates[ending.gate]} {ending.gate !== 'trial_running' && <a href="/start/safety">{t.toSafety}</a>}
        </p>
      )}
    </Step>
  );
}
