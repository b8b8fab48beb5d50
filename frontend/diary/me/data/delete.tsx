import { useState } from 'preact/hooks';
import { ApiProblem } from '../../../shared/api/client';
import { Dialog } from '../../components/dialog';
import { PageTitle } from '../../components/page-title';
import { PasswordField } from '../../components/password-field';
import { PreviousIcon } from '../../components/icons';
import { problemText } from '../../phone/problem';
import { bring } from '../../opened';
import { deleteAccount } from '../../session/doors';
import { unsent } from '../../session/signals';
import { dataTexts, meTexts, texts } from '../../texts';
import { saveUnsent } from '../export';
import { forgetReminders } from '../reminders/push';

/** The end of an account: what goes, a copy first, and then the question. */
export function Delete() {
  const t = dataTexts.value;
  const [asking, setAsking] = useState(false);
  return (
    <>
      <a class="back" href="/me/data"><PreviousIcon />{t.title}</a>
      <PageTitle text={t.delete.title} />
      <section class="card">
        <p>{t.delete.text}</p>
        <ul>{t.delete.what.map((line) => <li key={line}>{line}</li>)}</ul>
        <p>{t.delete.physicians}</p>
        <p class="strong">{t.delete.final}</p>
        <Unsent />
      </section>
      <div class="action-bar">
        <a class="secondary" href="/me/data">{t.delete.copyFirst}</a>
        <button type="button" class="primary danger" onClick={() => setAsking(true)}>{t.delete.go}</button>
      </div>
      {asking && <Question onClose={() => setAsking(false)} />}
    </>
  );
}

function Unsent() {
  const rows = unsent.value;
  if (rows.length === 0) return null;
  return (
    <div class="notice">
      <p>{dataTexts.value.delete.unsent(rows.length)}</p>
      <button type="button" class="link" onClick={() => saveUnsent(rows)}>{meTexts.value.me.export}</button>
    </div>
  );
}

function Question({ onClose }: { onClose: () => void }) {
  const t = dataTexts.value.delete;
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const go = async () => {
    if (!password) return setProblem(t.needPassword);
    setBusy(true);
    setProblem(await end(password));
    setBusy(false);
  };
  return (
    <Dialog title={t.sureTitle} onClose={onClose}>
      <p>{t.sureText}</p>
      <form noValidate onSubmit={(event) => { event.preventDefault(); void go(); }}>
        <PasswordField label={t.password} autocomplete="current-password" value={password} onInput={setPassword} />
        <p role="alert" class="field-error">{problem}</p>
        <div class="action-bar two">
          <button type="button" class="secondary" disabled={busy} onClick={onClose}>{texts.value.cancel}</button>
          <button type="submit" class="primary danger" disabled={busy}>{busy ? t.deleting : t.sure}</button>
        </div>
      </form>
    </Dialog>
  );
}

/** Deletes the account; returns what stands against it in words, or null. */
async function end(password: string): Promise<string | null> {
  // The last page is at hand before there is nothing left to ask for.
  await bring('goodbye', async () => (await import('./goodbye')).Goodbye);
  try {
    await deleteAccount(password);
    await forgetReminders();
    return null;
  } catch (error) {
    return inWords(error);
  }
}

function inWords(error: unknown): string {
  const t = dataTexts.value.delete;
  const known: Partial<Record<number, string>> = { 401: t.signedOut, 422: t.wrong };
  return (error instanceof ApiProblem && known[error.status]) || problemText(error, t.offline);
}
