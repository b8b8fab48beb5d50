import { useSignal } from '@preact/signals';
import { signOut } from '../session';
import { texts } from '../texts';

/** The button that ends the session; says so when the server could not be told. */
export function SignOut() {
  const failed = useSignal(false);
  const leave = async () => {
    failed.value = false;
    await signOut().catch(() => (failed.value = true));
  };
  const { header } = texts.value;
  return (
    <>
      <button type="button" class="button" onClick={() => void leave()}>{header.signOut}</button>
      {failed.value && <span class="error" role="alert">{header.signOutFailed}</span>}
    </>
  );
}
