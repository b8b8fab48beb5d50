import { useEffect, useState } from 'preact/hooks';
import { NoConnection } from '../../shared/api/client';
import type { MeChange } from '../../shared/api/types';
import { deviceZone, lastNight } from '../../shared/nights';
import { localeOf } from '../../shared/preferences';
import { Choice } from '../components/choice';
import { CheckIcon } from '../components/icons';
import { PageTitle } from '../components/page-title';
import { me, plan, session, tellProfile } from '../session';
import { language, reminderTexts, texts } from '../texts';
import { BackToMe } from './back';
import { pushState, turnOff, turnOn, type PushState } from './push';
import './reminders.css';

const usualTimes = { morning: ['07:00', '08:00', '09:00'], evening: ['20:00', '21:00', '22:00'] } as const;
type Kind = keyof typeof usualTimes;

/** The page of reminders. */
export function RemindersPage() {
  const t = reminderTexts.value;
  return (
    <>
      <BackToMe />
      <PageTitle text={t.title} />
      <p class="lead">{t.text}</p>
      <Reminders />
    </>
  );
}

/** When to be reminded, and by what: messages on this phone, or the calendar. `evening` asks for it before a trial is drawn. */
export function Reminders({ evening = false }: { evening?: boolean }) {
  const { morning, evening: chosenEvening, tell } = useTimes();
  const trial = evening || isTrialAhead();
  return (
    <>
      <Time kind="morning" value={morning} onChange={(time) => tell({ reminder_morning: time })} />
      {(trial || chosenEvening) && <Time kind="evening" value={chosenEvening} onChange={(time) => tell({ reminder_evening: time })} />}
      <ThisPhone chosen={(morning ?? chosenEvening) !== null} />
      {(morning ?? (trial ? chosenEvening : null)) !== null && <CalendarFile />}
    </>
  );
}

/** The chosen times, also those the server has not been told yet. */
function useTimes() {
  const [untold, setUntold] = useState<MeChange>({});
  useEffect(() => void session.value?.store.meta('profile').then((waiting) => setUntold({ ...waiting })), []);
  const shown = { ...me.value, ...untold };
  const tell = (change: MeChange) => {
    setUntold({ ...untold, ...change });
    void tellProfile(change);
  };
  return { morning: shown.reminder_morning ?? null, evening: shown.reminder_evening ?? null, tell };
}

interface TimeProps {
  kind: Kind;
  value: string | null;
  onChange: (time: string | null) => void;
}

function Time({ kind, value, onChange }: TimeProps) {
  const t = reminderTexts.value;
  const usual: readonly string[] = usualTimes[kind];
  const [asked, setAsked] = useState(false);
  const other = asked || (value !== null && !usual.includes(value));
  const choose = (option: string | null) => {
    setAsked(option === 'other');
    if (option !== 'other') onChange(option);
  };
  const options = [...usual.map((time) => [time, clockName(time)] as const), ['other', t.other], [null, t.none]] as const;
  return (
    <section class="card">
      <Choice legend={t[kind]} hint={t[`${kind}Hint`]} columns={3} options={options} value={other ? 'other' : value} onChange={choose} />
      {other && (
        <div class="field">
          <label for={`reminder-${kind}`}>{t.time[kind]}</label>
          <input
            id={`reminder-${kind}`}
            class="short"
            type="time"
            value={value ?? ''}
            onChange={(event) => event.currentTarget.value && onChange(event.currentTarget.value)}
          />
        </div>
      )}
    </section>
  );
}

function ThisPhone({ chosen }: { chosen: boolean }) {
  const t = reminderTexts.value;
  const [state, setState] = useState<PushState | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const attempt = async (task: () => Promise<PushState>) => {
    setBusy(true);
    setProblem(null);
    try {
      const next = await task();
      if (next === 'off' && task === turnOn) setProblem(t.dismissed);
      setState(next);
    } catch (error) {
      setProblem(error instanceof NoConnection ? t.offline : t.failed);
    }
    setBusy(false);
  };
  useEffect(() => void attempt(pushState), []);
  return (
    <section class="card">
      <h2>{t.phone}</h2>
      {state === 'on' && <p class="state-name" role="status"><CheckIcon />{t.on}</p>}
      {state === 'on' && <button type="button" class="quiet" disabled={busy} onClick={() => void attempt(turnOff)}>{t.turnOff}</button>}
      {state === 'off' && <p class="hint">{chosen ? t.turnOnHint : t.noTime}</p>}
      <Explanation state={state} />
      <p role="status" class="field-error">{problem}</p>
      {state === 'off' && <button type="button" class="primary" disabled={busy || !chosen} onClick={() => void attempt(turnOn)}>{t.turnOn}</button>}
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

function CalendarFile() {
  const t = reminderTexts.value;
  return (
    <section class="card">
      <h2>{t.calendar}</h2>
      <p>{t.calendarText}</p>
      <a class="secondary" href="/api/reminders.ics" download="reminders.ics">{t.calendarGet}</a>
      <p class="hint">{t.calendarHow}</p>
    </section>
  );
}

/** Whether a trial has nights to come, as far as this phone knows. */
function isTrialAhead(): boolean {
  const last = lastNight(new Date(), deviceZone());
  return plan.value.some(({ date, assigned }) => date > last && assigned !== null);
}

function clockName(time: string): string {
  const shown = new Intl.DateTimeFormat(localeOf(language.value), { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' });
  return shown.format(new Date(`2000-01-01T${time}:00Z`));
}
