import { signal } from '@preact/signals';
import { navigate } from './router';

/** How to begin with the new version, when there is one; it waits for the person's word. */
export const update = signal<(() => void) | null>(null);

/** Registers the service worker, which lets the app open offline. */
export async function startUpdates(): Promise<void> {
  // While it is worked on, a page must not come from what an earlier one kept.
  if (import.meta.env.DEV || !('serviceWorker' in navigator)) return;
  const workers = navigator.serviceWorker;
  // The very first worker takes over too, but there is nothing older to replace.
  if (workers.controller) workers.addEventListener('controllerchange', offerReload);
  // A tap on a reminder.
  workers.addEventListener('message', ({ data }: MessageEvent<{ go: string }>) => navigate(data.go));
  const registration = await workers.register('/sw.js', { updateViaCache: 'none' });
  const offer = () => {
    const { waiting, active } = registration;
    if (waiting && active) update.value = () => begin(waiting);
  };
  offer();
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', offer));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void registration.update().catch(() => undefined);
  });
}

/** Another tab has begun with the new version: this one still runs the old one, and needs only to be opened again. */
export function offerReload(): void {
  update.value = () => location.reload();
}

function begin(worker: ServiceWorker): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  worker.postMessage('update');
}
