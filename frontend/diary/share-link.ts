import { signal } from '@preact/signals';

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
    localStorage.setItem(key, code);
    history.replaceState(null, '', location.pathname);
  }
  pendingShare.value = localStorage.getItem(key);
  return code !== null;
}

/** The person has decided, or left this phone. */
export function forgetShareLink(): void {
  localStorage.removeItem(key);
  pendingShare.value = null;
}
