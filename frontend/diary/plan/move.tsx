import { useId, useState } from 'preact/hooks';
import { ApiProblem, NoConnection } from '../../shared/api/client';
import type { Trial } from '../../shared/api/types';
import { dayName, type PlainDate } from '../../shared/nights';
import { dayHere, now } from '../clock';
import { Dialog } from '../components/dialog';
import { api } from '../api';
import { session } from '../session/signals';
import { startBounds } from '../start/trial/plans';
import { language, planTexts, texts } from '../texts';

/** Another start for a trial that was drawn and lies ahead: once, and in the order that was drawn. */
export function MoveTrial({ trial }: { trial: Trial }) {
  const t = planTexts.value.move;
  const [asking, setAsking] = useState(false);
  // The server counts by the calendar: past midnight a trial of this day has begun, though the night before goes on.
  const today = dayHere(now.value);
  if (trial.start_date <= today) return null;
  return (
    <>
      <button type="button" class="secondary" onClick={() => setAsking(true)}>{t.open}</button>
      {asking && <Ask trial={trial} today={today} onClose={() => setAsking(false)} />}
    </>
  );
}

function Ask({ trial, today, onClose }: { trial: Trial; today: PlainDate; onClose: () => void }) {
  const t = planTexts.value.move;
  const id = useId();
  const { first, last } = startBounds(today);
  const [day, setDay] = useState<PlainDate>(trial.start_date);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const say = (date: PlainDate) => dayName(date, language.value);
  const refusal = day === trial.start_date ? t.same(say(day)) : day >= first && day <= last ? null : t.bounds(say(first), say(last));
  const move = async () => {
    if (refusal) return setProblem(refusal);
    setBusy(true);
    const failure = await send(trial, day);
    setBusy(false);
    if (failure) return setProblem(failure);
    onClose();
  };
  return (
    <Dialog title={t.title} onClose={onClose}>
      <p>{t.text}</p>
      <div class="field">
        <label for={id}>{t.day}</label>
        <input
          id={id}
          class="short-date"
          type="date"
          min={first}
          max={last}
          value={day}
          aria-invalid={problem !== null}
          aria-describedby={`${id}-chosen`}
          onInput={(event) => {
            setProblem(null);
            setDay(event.currentTarget.value);
          }}
        />
        <p class="strong" id={`${id}-chosen`} aria-live="polite">{!refusal && t.chosen(say(day))}</p>
      </div>
      <p class="field-error" role="alert">{problem}</p>
      <div class="action-bar two">
        <button type="button" class="secondary" onClick={onClose}>{t.keep}</button>
        <button type="button" class="primary" disabled={busy} onClick={() => void move()}>{t.yes}</button>
      </div>
    </Dialog>
  );
}

/** Tells the server; the reason why that failed, in words, or null. */
async function send(trial: Trial, start_date: PlainDate): Promise<string | null> {
  const t = texts.value.problem;
  try {
    await api.POST('/api/trials/{trial_id}/move', { params: { path: { trial_id: trial.id } }, body: { start_date } });
  } catch (error) {
    if (error instanceof NoConnection) return t.offline;
    if (!(error instanceof ApiProblem && error.status === 409)) return t.server;
    // Begun, stopped or moved from another phone: the round fetches how it stands.
    await session.value?.sync.run();
    return planTexts.value.move.fixed;
  }
  await session.value?.sync.run();
  return null;
}
