import { useEffect, useState } from 'preact/hooks';
import { ApiProblem } from '../../shared/api/client';
import { dayName } from '../../shared/nights';
import { Dialog } from '../components/dialog';
import { PageTitle } from '../components/page-title';
import { PasswordField } from '../components/password-field';
import { problemText } from '../phone/problem';
import { listPasskeys, makePasskey, PasskeyNotGiven, removePasskey, type KnownPasskey } from '../passkeys';
import { passkeysWork } from '../passkeys-work';
import { language, passkeyTexts, texts } from '../texts';
import { BackToMe } from './back';
import './me.css';

type Said = { text: string; failed: boolean };

/** Signing in with the phone's own lock: what is set up, and how to set it up here. */
export function Passkeys() {
  const t = passkeyTexts.value;
  const [known, setKnown] = useState<KnownPasskey[] | null>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const refresh = () => listPasskeys().then(setKnown);
  const attempt = async (task: () => Promise<void>, done: string) => setSaid(await outcome(task, done));
  useEffect(() => {
    void refresh().catch((error: unknown) => setSaid({ text: explain(error), failed: true }));
  }, []);
  return (
    <>
      <BackToMe />
      <PageTitle text={t.title} />
      <p class="lead">{t.text}</p>
      {!passkeysWork() && <p class="notice">{t.unsupported}</p>}
      {known && known.length > 0 && <KnownList known={known} onRemove={(name, password) => attempt(() => removePasskey(name, password).then(refresh), t.removed)} />}
      <p role="status" class={said?.failed ? 'field-error' : 'notice'}>{said?.text}</p>
      {known && passkeysWork() && (
        <NewPasskey key={known.length} number={known.length + 1} onMake={(name, password) => attempt(() => makePasskey(name, password).then(refresh), t.made)} />
      )}
    </>
  );
}

function NewPasskey({ number, onMake }: { number: number; onMake: (name: string, password: string) => Promise<void> }) {
  const t = passkeyTexts.value;
  const [name, setName] = useState(t.phone(number));
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const make = async () => {
    setBusy(true);
    await onMake(name.trim(), password);
    setBusy(false);
  };
  return (
    <form class="card" noValidate onSubmit={(event) => { event.preventDefault(); void make(); }}>
      <div class="field">
        <label for="passkey-name">{t.name}</label>
        <input id="passkey-name" autoComplete="off" maxLength={64} value={name} onInput={(event) => setName(event.currentTarget.value)} />
      </div>
      <PasswordField label={t.password} hint={t.passwordHint} autocomplete="current-password" value={password} onInput={setPassword} />
      <button type="submit" class="primary" disabled={busy || !name.trim() || !password}>{busy ? texts.value.loading : t.make}</button>
    </form>
  );
}

function KnownList({ known, onRemove }: { known: KnownPasskey[]; onRemove: (name: string, password: string) => Promise<void> }) {
  const t = passkeyTexts.value;
  const [leaving, setLeaving] = useState<string | null>(null);
  return (
    <section class="card">
      <h2>{t.ready}</h2>
      <ul class="plain rows">
        {known.map(({ name, lastuse }) => (
          <li key={name}>
            <span class="strong">{name}</span>
            <span class="hint">{t.lastUsed(dayName(lastuse.slice(0, 10), language.value))}</span>
            <button type="button" class="secondary" onClick={() => setLeaving(name)}>{t.remove(name)}</button>
          </li>
        ))}
      </ul>
      {leaving && <ConfirmRemoval name={leaving} onRemove={onRemove} onClose={() => setLeaving(null)} />}
    </section>
  );
}

interface RemovalProps {
  name: string;
  onRemove: (name: string, password: string) => Promise<void>;
  onClose: () => void;
}

function ConfirmRemoval({ name, onRemove, onClose }: RemovalProps) {
  const t = passkeyTexts.value;
  const [password, setPassword] = useState('');
  const remove = async () => {
    await onRemove(name, password);
    onClose();
  };
  return (
    <Dialog title={t.removeTitle(name)} onClose={onClose}>
      <p>{t.removeText}</p>
      <PasswordField label={t.password} hint={t.passwordHint} autocomplete="current-password" value={password} onInput={setPassword} />
      <button type="button" class="primary" disabled={!password} onClick={() => void remove()}>{t.removeYes}</button>
      <button type="button" class="quiet" onClick={onClose}>{texts.value.cancel}</button>
    </Dialog>
  );
}

async function outcome(task: () => Promise<void>, done: string): Promise<Said> {
  try {
    await task();
    return { text: done, failed: false };
  } catch (error) {
    return { text: explain(error), failed: true };
  }
}

function explain(error: unknown): string {
  const t = passkeyTexts.value;
  if (error instanceof PasskeyNotGiven) return t.notGiven;
  const fields = new Set(error instanceof ApiProblem ? error.problem.errors?.map(({ pointer }) => pointer) : []);
  if (fields.has('/password')) return t.wrongPassword;
  return fields.has('/name') ? t.nameTaken : problemText(error, t.offline);
}
