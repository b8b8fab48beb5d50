import { useState } from 'preact/hooks';
import type { Screening, Trial } from '../../shared/api/types';
import { addDays, dayName, deviceZone, wallClock, type PlainDate } from '../../shared/nights';
import { Choice } from '../components/choice';
import { me, session } from '../session';
import { language, startTexts } from '../texts';
import type { TrialWish, Wear } from './answers';
import { AskedDay } from './asked-day';
import { RadioRows } from './rows';
import { Step } from './step';
import { PlanChoice } from './trial-choice';
import { drawTrial, type Gate } from './trial-draw';
import { blockNights, nightsOf, planOf, quickNights, startBounds, startOf, type TrialKind } from './trial-plans';
import type { StepAnswers } from './use-answers';
import { usePart } from './use-part';

const parts = ['choose', 'wear', 'begin', 'expect', 'sure'] as const;
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
  const [part, go] = usePart(parts, 'choose');
  const kind = form.answers.plan;
  if (part === 'choose' || kind === null || kind === 'none') {
    return <PlanChoice part={numbered('choose')} wish={form.answers} change={form.change} onNext={() => (kind === 'none' ? void form.finish().then(onNone) : go('wear'))} />;
  }
  const shared = { wish: form.answers, change: form.change };
  if (part === 'wear') return <WearPart {...shared} screening={screening} onNext={() => go('begin')} />;
  if (part === 'begin') return <BeginPart {...shared} onNext={() => go('expect')} />;
  if (part === 'expect') return <ExpectPart {...shared} onNext={() => go('sure')} />;
  return <SurePart wish={form.answers} kind={kind} screening={screening} onDrawn={onDrawn} />;
}

interface PartProps {
  wish: TrialWish;
  change: (changes: Partial<TrialWish>) => void;
  onNext: () => void;
}

const today = () => wallClock(new Date(), deviceZone()).date;
const numbered = (part: (typeof parts)[number]) => ({ n: parts.indexOf(part) + 1, of: parts.length });

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

function BeginPart({ wish, change, onNext }: PartProps) {
  const { trial: t, start } = startTexts.value;
  const { first, last } = startBounds(today());
  const [other, setOther] = useState(wish.start !== null);
  const [problem, setProblem] = useState<string | null>(null);
  const say = (day: PlainDate) => dayName(day, language.value);
  const next = () => {
    if (other && (wish.start === null || wish.start < first || wish.start > last)) return setProblem(start.dateBounds(say(first), say(last)));
    onNext();
  };
  return (
    <Step section="trial" title={t.startTitle} lead={t.startHint} part={numbered('begin')} primary={start.next} onPrimary={next} problem={problem}>
      <section class="card">
        <RadioRows
          quiet
          legend={t.startTitle}
          options={[{ value: 'tomorrow', label: t.tomorrow(say(first)) }, { value: 'other', label: t.later }]}
          value={other ? 'other' : 'tomorrow'}
          onChange={(choice) => {
            setOther(choice === 'other');
            change({ start: choice === 'other' ? addDays(first, 1) : null });
          }}
        />
        {other && (
          <label class="field">
            <span class="strong">{t.startDay}</span>
            <input class="short-date" type="date" min={first} max={last} value={wish.start ?? ''} onInput={(event) => change({ start: event.currentTarget.value || null })} />
          </label>
        )}
      </section>
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
  const plan = planOf(kind, me.value?.usual_cramps_per_week ?? null);
  const begins = startOf(wish, today());
  const say = (day: PlainDate) => dayName(day, language.value);
  const quick = kind === 'quick';
  const draw = async () => {
    const drawn = await drawTrial(kind, wish, screening);
    if (drawn === 'unreachable') return setEnding({ text: start.needsConnection });
    if ('refused' in drawn) return setEnding({ text: start.refused(drawn.refused) });
    if ('gate' in drawn) return setEnding(drawn);
    await session.value?.store.deleteMeta('start:trial');
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
      <ul class="card advice">
        <li>{quick ? t.sureQuick(quickNights) : t.sureBlocks(nightsOf(plan) / blockNights, blockNights)}</li>
        <li>{t.wears[wish.wear]}. {t.wearTexts[wish.wear]}</li>
        <li>{t.sureStart(say(begins))}</li>
        <li>{(kind === 'staged' ? t.sureEndLatest : t.sureEnd)(say(addDays(begins, nightsOf(plan) - 1)))}</li>
        <li>{t.sureResult}</li>
        <li>{t.sureStop}</li>
      </ul>
      {ending && 'gate' in ending && (
        <p class="notice" role="alert">
          {t.gates[ending.gate]} {ending.gate !== 'trial_running' && <a href="/start/safety">{t.toSafety}</a>}
        </p>
      )}
    </Step>
  );
}
