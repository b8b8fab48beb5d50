import { useState } from 'preact/hooks';
import { NoConnection } from '../../shared/api/client';
import { Dialog } from '../components/dialog';
import { session, signOut, unsent } from '../session';
import { meTexts, texts } from '../texts';
import { saveUnsent } from './export';

/** Signing out removes the diary from the phone, so unsent entries come first. */
export function SignOut() {
  const t = meTexts.value.me;
  const [asking, setAsking] = useState(false);
  return (
    <section class="card">
      <button type="button" class="secondary" onClick={() => setAsking(true)}>{t.signOut}</button>
      <p class="hint">{t.signOutText}</p>
      {asking && <ConfirmSignOut onClose={() => setAsking(false)} />}
    </section>
  );
}

function ConfirmSignOut({ onClose }: { onClose: () => void }) {
  const t = texts.value;
  const [exported, setExported] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const rows = unsent.value;
  const guarded = (task: () => Promise<void>) => async () => {
    setBusy(true);
    setProblem(null);
    await task().catch((error: unknown) => setProblem(error instanceof NoConnection ? meTexts.value.me.signOutOffline : t.problem.server));
    setBusy(false);
  };
  const send = guarded(async () => {
    await session.value?.store.makeDue();
    await session.value?.sync.run();
  });
  const leave = guarded(() => signOut({ unsentExported: exported }));
  const save = () => {
    saveUnsent(rows);
    setExported(true);
  };
  const blocked = rows.length > 0;
  return (
    <Dialog title={meTexts.value.me.signOut} onClose={onClose}>
      <p>{meTexts.value.me.signOutText}</p>
      {blocked && <p class="notice">{exported ? meTexts.value.me.signOutExported : meTexts.value.me.signOutUnsent(rows.length)}</p>}
      <p role="alert" class="field-error">{problem}</p>
      {blocked && <button type="button" class="primary" disabled={busy} onClick={() => void send()}>{busy ? meTexts.value.me.sending : meTexts.value.me.sendNow}</button>}
      {blocked && <button type="button" class="secondary" onClick={save}>{meTexts.value.me.export}</button>}
      {blocked && exported && <button type="button" class="quiet danger" disabled={busy} onClick={() => void leave()}>{meTexts.value.me.signOutAnyway}</button>}
      {!blocked && <button type="button" class="primary" disabled={busy} onClick={() => void leave()}>{meTexts.value.me.signOut}</button>}
      <button type="button" class="quiet" onClick={onClose}>{t.cancel}</button>
    </Dialog>
  );
}
