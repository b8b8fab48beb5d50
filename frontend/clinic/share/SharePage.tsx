import { useSignal } from '@preact/signals';
import { Heading } from '../shell/Heading';
import type { Me } from '../records';
import { renewals } from '../session';
import { texts } from '../texts';
import { Invitation } from './Invitation';
import { NewCode } from './NewCode';
import '../styles/share.css';

/** One sheet for the waiting room: the QR code, its link, the code, and what happens then. */
export function SharePage({ physician }: { physician: Me }) {
  const failedFor = useSignal<string | null>(null);
  const { share } = texts.value;
  const { share_code: code, share_link: link } = physician;
  if (!code || !link) return null;
  const name = physician.display_name || physician.email;
  return (
    <main id="content" class="page narrow share-sheet">
      <Heading>{share.title}</Heading>
      <p class="quiet share-note">{share.note}</p>
      <div class="sheet">
        <h2>{share.intro(name)}</h2>
        {failedFor.value === code ? (
          <p role="status">{share.failed}</p>
        ) : (
          <img class="qr" src={`/api/me/share-code.svg?renewal=${renewals.value}`} width="320" height="320" alt={share.picture(link)} onError={() => (failedFor.value = code)} />
        )}
        <ol>{share.steps.map((step) => <li key={step}>{step}</li>)}</ol>
        <p>{share.noCamera}</p>
        <p class="share-link" translate={false}>{link}</p>
        <p>{share.code}: <strong class="code-large" translate={false}>{code}</strong></p>
      </div>
      <button type="button" class="button" onClick={() => print()}>{share.print}</button>
      <Invitation name={name} link={link} />
      <NewCode />
    </main>
  );
}
