import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { copy } from '../copy';
import { texts } from '../texts';

/** The words by which a patient is asked to keep a diary and to share it, to be sent by whatever way the clinic uses. */
export function Invitation({ name, link }: { name: string; link: string }) {
  const said = useSignal<'' | 'copied' | 'copyFailed'>('');
  const shown = useRef<HTMLParagraphElement>(null);
  const { share } = texts.value;
  const invitation = share.invitation(name, link);
  const copyIt = async () => (said.value = (await copy(invitation, shown.current)) ? 'copied' : 'copyFailed');
  const mail = `mailto:?subject=${encodeURIComponent(share.subject)}&body=${encodeURIComponent(invitation)}`;
  return (
    <section class="beside-sheet" aria-labelledby="invitation">
      <h2 id="invitation">{share.invite}</h2>
      <p class="quiet">{share.inviteNote}</p>
      <p ref={shown} class="invitation">{invitation}</p>
      <p class="actions">
        <button type="button" class="button" onClick={() => void copyIt()}>{share.copyInvitation}</button>
        <a class="button" href={mail}>{share.mail}</a>
        <span role="status" class="quiet small">{said.value && share[said.value]}</span>
      </p>
    </section>
  );
}
