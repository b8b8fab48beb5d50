import { useId, useState } from 'preact/hooks';
import { ApiProblem } from '../../shared/api/client';
import type { Trial } from '../../shared/api/types';
import { dayName } from '../../shared/nights';
import { Choice } from '../components/choice';
import { Dialog } from '../components/dialog';
import { HelpNotice } from '../help';
import { evening } from '../night/evening';
import { problemText } from '../phone/problem';
import { api } from '../api';
import { session } from '../session/signals';
import { language, planTexts, texts } from '../texts';

const reasons = ['trouble', 'advice', 'hard', 'life', 'enough', 'other'] as const;
type Reason = (typeof reasons)[number];
const longest = 500;

/** The way out of a trial before its end; it asks why, and says what happens then. */
export function StopTrial({ trial }: { trial: Trial }) {
  const t = planTexts.value.stop;
  const [asking, setAsking] = useState(false);
  return (
    <>
      <button type="button" class="quiet danger" onClick={() => setAsking(true)}>{t.open}</button>
      {asking && <Ask trial={trial} onClose={() => setAsking(false)} />}
    </>
  );
}

function Ask({ trial, onClose }: { trial: Trial; onClose: () => void }) {
  const t = planTexts.value.stop;
  const id = useId();
  const [reason, setReason] = useState<Reason | null>(null);
  const [words, setWords] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const said = [reason && reason !== 'other' && t.reasons[reason], words.trim()].filter(Boolean).join(': ');
  const stop = async () => {
    if (!said) return setProblem(t.needReason);
    setBusy(true);
    const failure = await send(trial, said);
    setBusy(false);
    if (failure) return setProblem(failure);
    onClose();
  };
  return (
    <Dialog title={t.title} onClose={onClose}>
      <p>{trial.start_date > evening.value.tonight ? t.textAhead : t.text(dayName(trial.end_date, language.value))}</p>
      <Choice
        legend={t.why}
        options={reasons.map((each) => [each, t.reasons[each]] as const)}
        value={reason}
        onChange={setReason}
      />
      {reason === 'trouble' && <HelpNotice text={texts.value.advice.stop} />}
      <div class="field">
        <label for={id}>{t.words}</label>
        <textarea id={id} rows={2} maxLength={longest - 100} value={words} onInput={(event) => setWords(event.currentTarget.value)} />
      </div>
      <p class="field-error" role="alert">{problem}</p>
      <div class="action-bar two">
        <button type="button" class="secondary" onClick={onClose}>{t.keep}</button>
        <button type="button" class="primary danger" disabled={busy} onClick={() => void stop()}>{t.yes}</button>
      </div>
    </Dialog>
  );
}

/** Tells the server; the reason why that failed, in words, or null. */
async function send(trial: Trial, reason: string): Promise<string | null> {
  try {
    await api.POST('/api/trials/{trial_id}/stop', { params: { path: { trial_id: trial.id } }, body: { reason } });
  } catch (error) {
    // Stopped on another phone, or over: the next round fetches how it stands.
    if (!(error instanceof ApiProblem && error.status === 409)) return problemText(error);
  }
  await session.value?.sync.run();
  return null;
}
