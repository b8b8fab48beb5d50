import { diary, session } from './signals';
import { tell } from './tabs';

/** Reads the store again and tells the other tabs; call after every change. */
export async function changed(): Promise<void> {
  await refresh();
  tell({ kind: 'changed' });
}

/** Reads the store again. */
export async function refresh(): Promise<void> {
  const store = session.value?.store;
  if (!store) return;
  const snapshot = await store.snapshot();
  if (session.value?.store === store) diary.value = snapshot;
}
