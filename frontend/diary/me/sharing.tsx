import { localeOf } from '../../shared/preferences';
import { useEffect, useId, useState } from 'preact/hooks';
import { ApiProblem, bodyOf, NoConnection } from '../../shared/api/client';
import type { Physician, Share } from '../../shared/api/types';
import { Dialog } from '../components/dialog';
import { api } from '../session';
import { forgetShareLink, pendingShare } from '../share-link';
import { language, meTexts, texts } from '../texts';

/** Sharing with a physician: enter a code, read name and consent, agree; and end it again. */
export function Sharing() {
  const t = meTexts.value.share;
  const id = useId();
  const [code, setCode] = useState(pendingShare.value ?? '');
  const [offer, setOffer] = useState<Physician | null>(null);
  const [said, setSaid] = useState<{ text: string; failed: boolean } | null>(null);
  const [shares, setShares] = useState<Share[] | 'loading' | 'offline'>('loading');
  const reload = async () => setShares(await fetchShares());
  useEffect(() => void reload(), []);

  const look = async () => {
    setSaid(null);
    setOffer(null);
    const found = await bodyOf(api.GET('/api/physicians/{code}', { params: { path: { code: code.trim() } } })).catch(say);
    if (found) setOffer(found as Physician);
  };
  const agree = async (physician: Physician) => {
    const body = { code: code.trim(), consent_version: physician.consent_version };
    if (!(await bodyOf(api.POST('/api/shares', { body })).catch(say))) return;
    setOffer(null);
    setCode('');
    forgetShareLink();
    setSaid({ text: t.done(physician.display_name), failed: false });
    await reload();
  };
  const say = (error: unknown) => void setSaid({ text: shareProblem(error), failed: true });
  return (
    <section class="card" id="share">
      <h2>{t.title}</h2>
      <p>{t.text}</p>
      <form noValidate onSubmit={(event) => { event.preventDefault(); if (code.trim()) void look(); }}>
        <div class="field">
          <label for={id}>{t.code}</label>
          <p class="hint" id={`${id}-hint`}>{t.codeHint}</p>
          <input
            id={id}
            class="code"
            autoComplete="off"
            autoCapitalize="characters"
            spellcheck={false}
            maxLength={40}
            aria-describedby={`${id}-hint`}
            value={code}
            onInput={(event) => { setCode(event.currentTarget.value); setOffer(null); }}
          />
        </div>
        <p role="status" class={said?.failed ? 'field-error' : 'strong'}>{said?.text}</p>
        {!offer && <button type="submit" class="secondary">{t.look}</button>}
      </form>
      {offer && (
        <div class="offer">
          <h3>{t.confirm(offer.display_name)}</h3>
          <p>{offer.consent_text}</p>
          <button type="button" class="primary" onClick={() => void agree(offer)}>{t.agree(offer.display_name)}</button>
          <button type="button" class="quiet" onClick={() => { setOffer(null); forgetShareLink(); }}>{texts.value.cancel}</button>
        </div>
      )}
      <Shares shares={shares} onEnded={reload} />
    </section>
  );
}

async function fetchShares(): Promise<Share[] | 'offline'> {
  return bodyOf(api.GET('/api/shares')).then(({ shares }) => shares as Share[], (): 'offline' => 'offline');
}

function shareProblem(error: unknown): string {
  const t = texts.value;
  if (error instanceof NoConnection) return meTexts.value.share.offline;
  if (!(error instanceof ApiProblem)) return t.problem.server;
  if (error.status === 404) return meTexts.value.share.unknown;
  if (error.status === 422) return meTexts.value.share.mistyped;
  if (error.status === 409) return meTexts.value.share.already;
  return error.status === 429 ? t.problem.tooMany : t.problem.server;
}

function Shares({ shares, onEnded }: { shares: Share[] | 'loading' | 'offline'; onEnded: () => Promise<void> }) {
  const t = meTexts.value.share;
  const [ending, setEnding] = useState<Share | null>(null);
  const day = new Intl.DateTimeFormat(localeOf(language.value), { dateStyle: 'medium' });
  const end = async (share: Share) => {
    await api.DELETE('/api/shares/{share_id}', { params: { path: { share_id: share.id } } });
    setEnding(null);
    await onEnded();
  };
  if (shares === 'loading') return <p class="hint">{texts.value.loading}</p>;
  if (shares === 'offline') return <p class="hint">{t.offline}</p>;
  return (
    <>
      <h3>{t.list}</h3>
      {shares.every((share) => share.revoked_at) && <p>{t.nobody}</p>}
      <ul class="plain rows">
        {shares.map((share) => (
          <li key={share.id}>
            <span class="strong">{share.physician_name}</span>
            <span class="hint">
              {share.revoked_at ? t.ended(day.format(new Date(share.revoked_at))) : t.since(day.format(new Date(share.granted_at)))}
            </span>
            {!share.revoked_at && <button type="button" class="quiet" onClick={() => setEnding(share)}>{t.stop}</button>}
          </li>
        ))}
      </ul>
      {ending && <ConfirmEnd share={ending} onClose={() => setEnding(null)} onEnd={() => end(ending)} />}
    </>
  );
}

function ConfirmEnd({ share, onClose, onEnd }: { share: Share; onClose: () => void; onEnd: () => Promise<void> }) {
  const t = texts.value;
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <Dialog title={meTexts.value.share.stopTitle(share.physician_name)} onClose={onClose}>
      <p>{meTexts.value.share.stopText}</p>
      <p role="alert" class="field-error">{problem}</p>
      <div class="action-bar two">
        <button type="button" class="secondary" onClick={onClose}>{t.cancel}</button>
        <button
          type="button"
          class="primary"
          onClick={() => void onEnd().catch((error: unknown) => setProblem(shareProblem(error)))}
        >
          {meTexts.value.share.stop}
        </button>
      </div>
    </Dialog>
  );
}
