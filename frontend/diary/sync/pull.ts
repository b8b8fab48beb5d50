import { NoConnection, type Api } from '../../shared/api/client';
import type { NightFeed } from '../../shared/api/types';
import type { DiaryStore } from '../store/store';
import { fetchPage } from './page';

/** Fetches what changed on the server since the last time, page by page until the cursor stops moving. */
export async function pull(store: DiaryStore, api: Api): Promise<void> {
  const epoch = await store.meta('epoch');
  let cursor = (await store.meta('cursor')) ?? 0;
  for (;;) {
    const told = (await store.meta('told')) ?? [];
    const page = await fetchPage(api, cursor, told);
    // Also a phone that never fetched may have entries that the server took and has lost since.
    if (page.epoch !== epoch) return beginAnew(store, api, cursor === 0 ? page : undefined);
    const over = page.cursor === cursor;
    if (!over || told.join() !== (page.last_change ?? '')) await store.applyFeed(page);
    if (over) return;
    cursor = page.cursor;
  }
}

async function beginAnew(store: DiaryStore, api: Api, first: NightFeed | undefined): Promise<void> {
  const { fetchAll } = await import('./fetch-all').catch((cause: unknown) => {
    throw new NoConnection('a part of the app is not on this phone', { cause });
  });
  await store.adoptEpoch(await fetchAll(api, first));
}
