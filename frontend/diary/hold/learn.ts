import { api } from '../api';
import { refresh } from '../session/changes';
import { session } from '../session/signals';
import { unlessUnreachable } from '../sync/unreachable';

/** Tells the server what was said here of stop signs, and learns which stand; loads what that needs when it does. */
export async function learnHolds(): Promise<void> {
  const store = session.value?.store;
  // The part of the app comes by the same connection as the answer: without it nothing could be asked either.
  const part = store && (await import('./refresh').catch(() => null));
  if (!part) return;
  await part.refreshHolds(api, store).catch(unlessUnreachable);
  await refresh();
}
