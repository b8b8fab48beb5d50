import { useEffect, useState } from 'preact/hooks';
import type { Screening, Trial } from '../../../shared/api/types';
import { dayName } from '../../../shared/nights';
import { dayHere } from '../../clock';
import { PlanMark } from '../../components/marks';
import { firstDay } from '../../first-day';
import '../../pages/calendar.css';
import { PlanStrip } from '../../night/tonight';
import { answersInWords, promisedNow } from '../../plan/answers';
import { navigate } from '../../router';
import { hold, wearing } from '../../hold/hold';
import { planned, session } from '../../session/signals';
import { language, startTexts, texts } from '../../texts';
import { nothingAnswered } from '../answers/answers';
import { lastKnown, readKnown } from '../answers/known';
import { OnHold } from './on-hold';
import { markOf, markStep } from '../marks';
import { goOn, Step, StepLoading } from '../step';
import { gateOf, type Gate } from './draw';
import { TrialWishParts } from './wish';
import { useAnswers, type StepAnswers } from '../answers/use-answers';

/** The plan: safety first, then how to find out, when, what one expects, and the draw. */
export function TrialStep() {
  const form = useAnswers('trial');
  const screening = useScreening();
  const [drawn, setDrawn] = useState<Trial | null>(null);
  const [wishing, setWishing] = useState(false);
  const running = drawn ?? activeTrial();
  if (running) return <RunningTrial trial={running} fresh={drawn !== null} />;
  if (!form || screening === undefined) return <StepLoading />;
  // A night, or answers that still wait on this phone, may speak against stockings where the safety screen does not.
  if (hold.value?.night_date) return <OnHold onNone={() => void keepDiary()} />;
  const gate = hold.value ? 'blocked' : gateOf(screening);
  if (gate !== 'blocked' && form.answers.plan === 'none' && markOf('trial') === 'done') return <NoTrial form={form} />;
  if (gate && !(gate === 'ask_first' && wishing)) return <SafetyFirst gate={gate} onWish={() => setWishing(true)} />;
  return <TrialWishParts form={form} screening={screening} onDrawn={setDrawn} onNone={() => void keepDiary()} />;
}

/** The safety screen; undefined while it loads, null where it is not known without a connection. */
function useScreening(): Screening | null | undefined {
  const store = session.value?.store;
  const [screening, setScreening] = useState<Screening | null | undefined>(undefined);
  useEffect(() => {
    if (!store) return;
    void (async () => setScreening((await readKnown(store, 'safety')) ?? (await lastKnown(store, 'safety')) ?? null))();
  }, [store]);
  return screening;
}

const todayHere = () => dayHere(new Date());

function activeTrial(): Trial | undefined {
  const today = todayHere();
  const { trials, finished } = planned.value;
  return trials.find(({ id, stopped_at, end_date }) => stopped_at === null && today <= end_date && id !== finished);
}

async function keepDiary(): Promise<void> {
  const store = session.value?.store;
  if (store) await markStep(store, 'trial', 'done');
  goOn('trial');
}

function RunningTrial({ trial, fresh }: { trial: Trial; fresh: boolean }) {
  const { trial: t, start } = startTexts.value;
  const next = async () => {
    if (session.value) await markStep(session.value.store, 'trial', 'done');
    goOn('trial');
  };
  return (
    <Step section="trial" title={fresh ? t.drawnTitle : t.runningTitle} lead={fresh ? t.drawnText : t.gates.trial_running} primary={start.goOnPlain} onPrimary={next} skippable={false}>
      {fresh && (
        <section class="card">
          <PlanStrip from={trial.start_date} days={firstDays} />
          {wearing.value === 'follow' && (
            <ul class="plain legend">
              <li><PlanMark assigned />{t.on}</li>
              <li><PlanMark assigned={false} />{t.off}</li>
            </ul>
          )}
        </section>
      )}
      {trial.start_date > todayHere() && <p>{t.sureStart(dayName(trial.start_date, language.value))}</p>}
      <p>{answersInWords(promisedNow(trial, planned.value), t.answers).join(' ')}</p>
      <a class="secondary" href="/plan">{t.wholePlan}</a>
    </Step>
  );
}

const firstDays = 7;

function NoTrial({ form }: { form: StepAnswers<'trial'> }) {
  const { trial: t, start } = startTexts.value;
  return (
    <Step section="trial" title={t.noneChosenTitle} lead={t.noneChosenText} primary={start.goOnPlain} onPrimary={() => goOn('trial')} skippable={false}>
      <button type="button" class="secondary" onClick={() => form.change(nothingAnswered.trial)}>{t.startPlan}</button>
    </Step>
  );
}

function SafetyFirst({ gate, onWish }: { gate: Gate; onWish: () => void }) {
  const { trial: t, safety: words } = startTexts.value;
  const ways: Partial<Record<Gate, string>> = { ask_first: t.toAsk, blocked: texts.value.plan.leaveOffWhy };
  return (
    <Step section="trial" title={t.gateTitle} lead={t.gates[gate]} primary={ways[gate] ?? t.toSafety} onPrimary={() => navigate('/start/safety')}>
      {gate === 'blocked' && <p>{hold.value ? words.blockedText : words.blockedAsked}</p>}
      <p>{words.blockedDiary}</p>
      {gate === 'ask_first' && (firstDay.value?.waits
        ? <p>{t.keptText.asking}</p>
        : <button type="button" class="secondary" onClick={onWish}>{t.planNow}</button>)}
      <button type="button" class="secondary" onClick={() => void keepDiary()}>{t.noTrial}</button>
    </Step>
  );
}
