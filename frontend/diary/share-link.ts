import { signal } from '@preact/signals';

const key = 'charley-share';

/** The physician's code from a link or QR code, kept until the person has decided. */
export const pendingShare = signal<string | null>(null);

/** Takes the code out of an address such as `/#share=CODE`; true when there was one. */
export function takeShareLink(): boolean {
  const code = new URLSearchParams(location.hash.slice(1)).get('share');
  if (code) {
    sessionStorage.setItem(key, code);
    history.replaceState(null, '', location.pathname);
  }
  pendingShare.value = sessionStorage.getItem(key);
  return code !== null;
}

/** The person has decided. */
export function forgetShareLink(): void {
  sessionStorage.removeItem(key);
  pendingShare.value = null;
}
