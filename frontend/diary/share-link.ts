import { signal } from '@preact/signals';
import { keep, kept } from '../shared/device';

const key = 'charley-share';

/**
 * The physician's code from a link or QR code, until the person has decided. It is kept over sign-up and the first day,
 * which may take more than one sitting.
 */
export const pendingShare = signal<string | null>(null);

/** Takes the code out of an address such as `/#share=CODE`; true when there was one. */
export function takeShareLink(): boolean {
  const code = new URLSearchParams(location.hash.slice(1)).get('share');
  if (code) {
    keep(key, code);
    history.replaceState(null, '', location.pathname);
  }
  pendingShare.value = kept(key) ?? code;
  return code !== null;
}

/** The person has decided, or left this phone. */
export function forgetShareLink(): void {
  keep(key, null);
  pendingShare.value = null;
}
