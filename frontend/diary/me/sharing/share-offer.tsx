import { useEffect, useRef } from 'preact/hooks';
import type { Physician } from '../../../shared/api/types';
import { PageTitle } from '../../components/page-title';
import { sharingTexts } from '../../texts';

interface OfferProps {
  offer: Physician;
  busy: boolean;
  problem: string | null;
  onAgree: () => void;
  onDecline: () => void;
}

/** The one question: share with this physician, on these terms? */
export function Offer({ offer, busy, problem, onAgree, onDecline }: OfferProps) {
  const t = sharingTexts.value;
  const [lead, ...points] = offer.consent_text.split('\n');
  const page = useRef<HTMLElement>(null);
  // The question takes the place of the page it came from, and a screen reader follows it.
  useEffect(() => {
    scrollTo(0, 0);
    page.current?.querySelector('h1')?.focus({ preventScroll: true });
  }, []);
  return (
    <section ref={page} class="offer">
      <PageTitle text={t.confirm(offer.display_name)} />
      <div class="card">
        <p class="hint">{t.read}</p>
        <p class="strong">{lead}</p>
        <ul>{points.map((point) => <li key={point}>{point}</li>)}</ul>
      </div>
      <div class="action-bar pinned">
        <p role="alert" class="field-error">{problem}</p>
        <button type="button" class="primary" disabled={busy} onClick={onAgree}>{t.agree(offer.display_name)}</button>
        <button type="button" class="secondary" onClick={onDecline}>{t.decline}</button>
      </div>
    </section>
  );
}
