import { signal } from '@preact/signals';

/** A new version that waits for the person's word. */
export const waitingUpdate = signal<ServiceWorker | null>(null);

/** Registers the service worker, which lets the app open offline. */
export async function startUpdates(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' });
  const offer = () => {
    // The very first worker passes through waiting too, but there is nothing older to replace.
    if (registration.waiting && registration.active) waitingUpdate.value = registration.waiting;
  };
  offer();
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', offer));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void registration.update().catch(() => undefined);
  });
}

/** Switches to the new version and opens the page again in it. */
export function applyUpdate(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waitingUpdate.value?.postMessage('update');
}
