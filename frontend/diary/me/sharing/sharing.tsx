import { useEffect, useState } from 'preact/hooks';
import type { Physician, Share } from '../../../shared/api/types';
import { PageTitle } from '../../components/page-title';
import { forgetShareLink, pendingShare } from '../../share-link';
import { sharingTexts } from '../../texts';
import { AccessLog } from './access-log';
import { BackToMe } from '../back';
import { agreeToShare, fetchShares, findPhysician, shareProblem } from './share-api';
import { CodeForm } from './share-code-form';
import { Offer } from './share-offer';
import { Shares } from './shares';
import './sharing.css';

type Said = { text: string; failed: boolean };

/** Who may see the diary, who looked at it, and how to share it. */
export function Sharing() {
  const t = sharingTexts.value;
  const [code, setCode] = useState(pendingShare.value ?? '');
  const [offer, setOffer] = useState<Physician | null>(null);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<Said | null>(null);
  const [shares, setShares] = useState<Share[] | 'loading' | { problem: string }>('loading');
  const reload = async () => setShares(await fetchShares());

  const attempt = async (work: () => Promise<void>) => {
    setSaid(null);
    setBusy(true);
    await work().catch((error: unknown) => setSaid({ text: shareProblem(error), failed: true }));
    setBusy(false);
  };
  const look = () => attempt(async () => setOffer(await findPhysician(code)));
  const decided = (text: string) => {
    forgetShareLink();
    setOffer(null);
    setCode('');
    setSaid({ text, failed: false });
    scrollTo(0, 0);
  };
  const agree = (physician: Physician) =>
    attempt(async () => {
      await agreeToShare(code, physician);
      decided(t.done(physician.display_name));
      await reload();
    });
  useEffect(() => {
    void reload();
    if (pendingShare.value) void look();
  }, []);

  const problem = said?.failed ? said.text : null;
  if (offer) return <Offer offer={offer} busy={busy} problem={problem} onAgree={() => void agree(offer)} onDecline={() => decided(t.declined)} />;
  return (
    <>
      <BackToMe />
      <PageTitle text={t.title} />
      <p role="status" class="notice">{!said?.failed && said?.text}</p>
      <Shares shares={shares} onEnded={async (share) => { await reload(); setSaid({ text: t.stopped(share.physician_name), failed: false }); }} />
      {/* Nothing that can be pressed stands where the list is still to grow. */}
      {shares !== 'loading' && (
        <>
          <CodeForm code={code} busy={busy} problem={problem} kept={pendingShare.value !== null && problem !== null} onCode={setCode} onLook={() => void look()} />
          <AccessLog />
        </>
      )}
    </>
  );
}
