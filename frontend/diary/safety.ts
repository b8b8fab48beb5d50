import { signal } from '@preact/signals';
import { bodyOf, type Api } from '../shared/api/client';
import type { Screening } from '../shared/api/types';
import { firstDay } from './first-day';
import type { DiaryStore } from './store/store';

/** What the newest safety answers come to, as far as this phone knows; null where it knows nothing. */
export const safety = signal<Screening['outcome'] | null>(null);

/** Keeps what the safety answers come to, for use without a connection. */
export async function keepSafety(store: DiaryStore, outcome: Screening['outcome']): Promise<void> {
  safety.value = outcome;
  await store.putMeta('safety', outcome);
}

/** Takes over the server's word; answers that wait on this phone are newer and count until they are sent. */
export async function learnSafety(store: DiaryStore, { outcome }: Pick<Screening, 'outcome'>): Promise<void> {
  if (!firstDay.value?.waiting.includes('safety')) await keepSafety(store, outcome);
}

/** Asks the server: the answers may have been given on another phone. Gives its word, where that is the newest. */
export async function refreshSafety(api: Api, store: DiaryStore): Promise<Screening | undefined> {
  const before = safety.value;
  const newest = (await bodyOf(api.GET('/api/screening'))) as Screening;
  // What was learned meanwhile is newer than this answer, and a closed diary learns nothing.
  if (store.closed || safety.value !== before) return undefined;
  await store.putMeta('known:safety', newest);
  await learnSafety(store, newest);
  return newest;
}
