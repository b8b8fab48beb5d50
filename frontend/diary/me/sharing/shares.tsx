import { useState } from 'preact/hooks';
import type { Share } from '../../../shared/api/types';
import { localeOf } from '../../../shared/preferences';
import { Dialog } from '../../components/dialog';
import { language, sharingTexts, texts } from '../../texts';
import '../me.css';
import { endShare, shareProblem } from './share-api';

interface SharesProps {
  shares: Share[] | 'loading' | { problem: string };
  onEnded: (share: Share) => Promise<void>;
}

/** Who may see the diary, with the way to end it; and who once might. */
export function Shares({ shares, onEnded }: SharesProps) {
  const t = sharingTexts.value;
  const [ending, setEnding] = useState<Share | null>(null);
  const end = async (share: Share) => {
    await endShare(share);
    setEnding(null);
    await onEnded(share);
  };
  return (
    <section class="card">
      <h2>{t.list}</h2>
      {shares === 'loading' && <p class="hint" aria-busy="true">{texts.value.loading}</p>}
      {typeof shares === 'object' && 'problem' in shares && <p>{shares.problem}</p>}
      {Array.isArray(shares) && <ShareList shares={shares} onStop={setEnding} />}
      {ending && <ConfirmEnd share={ending} onClose={() => setEnding(null)} onEnd={() => end(ending)} />}
    </section>
  );
}

function ShareList({ shares, onStop }: { shares: Share[]; onStop: (share: Share) => void }) {
  const t = sharingTexts.value;
  const format = new Intl.DateTimeFormat(localeOf(language.value), { dateStyle: 'long' });
  const day = (instant: string) => format.format(new Date(instant));
  const open = shares.filter(({ revoked_at }) => !revoked_at);
  const ended = shares.filter(({ revoked_at }) => revoked_at);
  return (
    <>
      {open.length === 0 && <p>{t.nobody}</p>}
      {open.length > 0 && (
        <ul class="plain rows">
          {open.map((share) => (
            <li key={share.id}>
              <span class="strong">{share.physician_name}</span>
              <span class="hint">{t.since(day(share.granted_at))}</span>
              <button type="button" class="secondary" onClick={() => onStop(share)}>{t.stop}</button>
            </li>
          ))}
        </ul>
      )}
      {ended.length > 0 && (
        <>
          <h3>{t.ended}</h3>
          <ul class="plain rows">
            {ended.map(({ id, physician_name, revoked_at }) => (
              <li key={id}><span>{physician_name}</span><span class="hint">{t.endedOn(day(revoked_at ?? ''))}</span></li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function ConfirmEnd({ share, onClose, onEnd }: { share: Share; onClose: () => void; onEnd: () => Promise<void> }) {
  const t = sharingTexts.value;
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <Dialog title={t.stopTitle(share.physician_name)} onClose={onClose}>
      <p>{t.stopText}</p>
      <p role="alert" class="field-error">{problem}</p>
      <div class="action-bar two">
        <button type="button" class="secondary" onClick={onClose}>{texts.value.cancel}</button>
        <button type="button" class="primary" onClick={() => void onEnd().catch((error: unknown) => setProblem(shareProblem(error)))}>{t.stop}</button>
      </div>
    </Dialog>
  );
}
