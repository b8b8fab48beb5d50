import { useSignal } from '@preact/signals';
import { askToSignIn, isSignedOut, renewShareCode } from '../session';
import { texts } from '../texts';

/** Puts a new code in the place of the present one, after saying what then stops working. */
export function NewCode() {
  const said = useSignal<string>('');
  const busy = useSignal(false);
  const { share } = texts.value;
  const renew = async () => {
    if (busy.value) return;
    busy.value = true;
    try {
      said.value = share.renewed(await renewShareCode());
    } catch (error) {
      if (isSignedOut(error)) askToSignIn();
      said.value = share.renewFailed;
    }
    busy.value = false;
  };
  return (
    <details class="beside-sheet">
      <summary>{share.renew}</summary>
      <p class="quiet">{share.renewNote}</p>
      <p class="actions">
        <button type="button" class="button" aria-disabled={busy.value} onClick={() => void renew()}>{share.renewButton}</button>
        <span role="status">{said.value}</span>
      </p>
    </details>
  );
}
