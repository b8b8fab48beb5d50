import { useEffect, useState } from 'preact/hooks';
import { CheckIcon } from '../../components/icons';
import { useSteady } from '../../components/steady';
import { problemText } from '../../phone/problem';
import { reminderTexts, texts } from '../../texts';
import { pushState, turnOff, turnOn, type PushState } from './push';
import './reminders.css';

interface OnThisPhoneProps {
  /** Whether there is a time to remind at. */
  chosen: boolean;
  /** Leaves the first place to another action of the page. */
  secondary?: boolean;
}

/** Whether this phone shows reminders, how to turn them on, or why it cannot. */
export function OnThisPhone({ chosen, secondary = false }: OnThisPhoneProps) {
  const t = reminderTexts.value;
  const [state, setState] = useState<PushState | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [turned, setTurned] = useState(0);
  const steady = useSteady(turned);
  const attempt = async (task: () => Promise<PushState>) => {
    setBusy(true);
    setProblem(null);
    try {
      const next = await task();
      if (next === 'off' && task === turnOn) setProblem(t.dismissed);
      setState(next);
      if (state !== null && next !== state) setTurned((times) => times + 1);
    } catch (error) {
      setProblem(error instanceof DOMException ? t.failed : problemText(error, t.offline));
    }
    setBusy(false);
  };
  useEffect(() => void attempt(pushState), []);
  return (
    <section class="card">
      <h2>{t.phone}</h2>
      {state === 'on' && <p class="state-name" role="status"><CheckIcon />{t.on}</p>}
      {state === 'on' && <button type="button" class="quiet" disabled={busy} onClick={() => steady() && void attempt(turnOff)}>{t.turnOff}</button>}
      {state === 'off' && <p class="hint">{chosen ? t.turnOnHint : t.noTime}</p>}
      <Explanation state={state} />
      <p role="status" class="field-error">{problem}</p>
      {state === 'off' && <button type="button" class={secondary ? 'secondary' : 'primary'} disabled={busy || !chosen} onClick={() => steady() && void attempt(turnOn)}>{t.turnOn}</button>}
      {state === null && busy && <p class="hint">{texts.value.loading}</p>}
    </section>
  );
}

function Explanation({ state }: { state: PushState | null }) {
  const t = reminderTexts.value;
  if (state === 'blocked') return <HowTo text={t.blocked} steps={t.blockedHow} />;
  if (state === 'home_screen') return <HowTo text={t.homeScreen} steps={t.homeScreenHow} />;
  if (state === 'unsupported') return <p>{t.unsupported}</p>;
  return state === 'no_server' ? <p>{t.noServer}</p> : null;
}

function HowTo({ text, steps }: { text: string; steps: readonly string[] }) {
  return (
    <>
      <p>{text}</p>
      <ol class="steps">{steps.map((step) => <li key={step}>{step}</li>)}</ol>
    </>
  );
}
