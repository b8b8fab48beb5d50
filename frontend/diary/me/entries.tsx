import { useState } from 'preact/hooks';
import { NightName } from '../night/name';
import { connection, diary, isLost, session, unsent } from '../session/signals';
import { meTexts } from '../texts';
import { saveUnsent } from './export';

/** What is stored where, and what can be done about the rest. */
export function Entries() {
  const t = meTexts.value.me;
  const [sending, setSending] = useState(false);
  const rows = unsent.value;
  const refused = rows.filter((row) => row.state === 'needs_attention');
  const waiting = rows.length - refused.length;
  const send = async () => {
    setSending(true);
    await session.value?.store.makeDue();
    await session.value?.sync.run();
    setSending(false);
  };
  return (
    <section class="card">
      <h2>{t.entries}</h2>
      <div role="status">
        {isLost.value && <p>{t.onlyHere}</p>}
        {rows.length === 0 && !isLost.value && <p>{diary.value.nights.size > 0 ? t.allSent : t.noEntries}</p>}
        {waiting > 0 && <p>{t.waiting(waiting)}</p>}
        {refused.length > 0 && <p class="strong">{t.attention(refused.length)}</p>}
      </div>
      {refused.length > 0 && (
        <ul class="plain">
          {refused.map(({ night_date: date }) => <li key={date}><a class="link" href={`/nights/${date}`}><NightName date={date} /></a></li>)}
        </ul>
      )}
      {rows.length > 0 && (
        <>
          {isLost.value ? null : connection.value === 'signed_out' ? (
            <a class="secondary" href="/welcome">{t.signInToSend}</a>
          ) : (
            <button type="button" class="secondary" disabled={sending} onClick={() => void send()}>{sending ? t.sending : t.sendNow}</button>
          )}
          <button type="button" class="quiet" onClick={() => saveUnsent(rows)}>{t.export}</button>
        </>
      )}
    </section>
  );
}
