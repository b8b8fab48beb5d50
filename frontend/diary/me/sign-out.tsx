import { useEffect, useState } from 'preact/hooks';
import type { PlainDate } from '../../shared/nights';
import { Dialog } from '../components/dialog';
import { NightName } from '../night/name';
import { problemText } from '../phone/problem';
import { signOut, UnsentEntries } from '../session/doors';
import { connection, session, unsent } from '../session/signals';
import { meTexts, texts } from '../texts';
import { saveUnsent } from './export';

/** Signing out removes the diary from the phone, so unsent entries come first. */
export function SignOut() {
  const [asking, setAsking] = useState(false);
  const { title, text, ifUnsent } = wording();
  return (
    <section class="card">
      <button type="button" class="secondary" onClick={() => setAsking(true)}>{title}</button>
      <p class="hint">{unsent.value.length > 0 ? ifUnsent : text}</p>
      {asking && <ConfirmSignOut onClose={() => setAsking(false)} />}
    </section>
  );
}

/** Whoever is signed out can still remove the diary: the account may be gone for good. */
function wording() {
  const t = meTexts.value.me;
  return connection.value === 'signed_out' ? t.removal : t.signOut;
}

function ConfirmSignOut({ onClose }: { onClose: () => void }) {
  const t = meTexts.value.me;
  const [exported, setExported] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const rows = unsent.value;
  const signedOut = connection.value === 'signed_out';
  const { title, text, blocked, exported: saved, anyway } = wording();
  const blocking = rows.filter(({ change }) => !exported.has(change));
  const guarded = (task: () => Promise<void>) => async () => {
    setBusy(true);
    setProblem(null);
    await task().catch((error: unknown) => setProblem(inWords(error)));
    setBusy(false);
  };
  const send = guarded(async () => {
    await session.value?.store.makeDue();
    await session.value?.sync.run();
  });
  const leave = guarded(() => signOut(exported));
  const save = () => {
    saveUnsent(rows);
    setExported(new Set(rows.map(({ change }) => change)));
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{text}</p>
      <Unsaved />
      {rows.length > 0 && <p class="notice">{blocking.length === 0 ? saved : blocked(blocking.length)}</p>}
      {rows.length > 0 && signedOut && <p><a href="/welcome">{t.signInToSend}</a></p>}
      <p role="alert" class="field-error">{problem}</p>
      {rows.length > 0 && !signedOut && <button type="button" class="primary" disabled={busy} onClick={() => void send()}>{busy ? t.sending : t.sendNow}</button>}
      {rows.length > 0 && <button type="button" class={signedOut ? 'primary' : 'secondary'} onClick={save}>{t.export}</button>}
      {rows.length > 0 && blocking.length === 0 && <button type="button" class="quiet danger" disabled={busy} onClick={() => void leave()}>{anyway}</button>}
      {rows.length === 0 && <button type="button" class="primary" disabled={busy} onClick={() => void leave()}>{title}</button>}
      <button type="button" class="quiet" onClick={onClose}>{texts.value.cancel}</button>
    </Dialog>
  );
}

/** Nights that were begun and would go with the diary. */
function Unsaved() {
  const [dates, setDates] = useState<readonly PlainDate[]>([]);
  useEffect(() => void session.value?.store.unsavedNights().then(setDates), []);
  if (dates.length === 0) return null;
  return (
    <div class="notice">
      <p>{wording().unsaved}</p>
      <ul class="plain">{dates.map((date) => <li key={date}><a class="link" href={`/nights/${date}`}><NightName date={date} /></a></li>)}</ul>
    </div>
  );
}

function inWords(error: unknown): string | null {
  // An entry saved meanwhile stands in the dialog by itself.
  if (error instanceof UnsentEntries) return null;
  return problemText(error, meTexts.value.me.signOutOffline);
}
