import { bodyOf, type Api } from '../../shared/api/client';
import type { NightFeed } from '../../shared/api/types';
import type { DiaryStore } from '../store/store';

/** Fetches what changed on the server since the last time, page by page until the cursor stops moving. */
export async function pull(store: DiaryStore, api: Api): Promise<void> {
  const epoch = await store.meta('epoch');
  let cursor = (await store.meta('cursor')) ?? 0;
  for (;;) {
    const page = await fetchPage(api, cursor);
    // Also a phone that never fetched may have entries that the server took and has lost since.
    if (page.epoch !== epoch) return store.adoptEpoch(await fetchAll(api, cursor === 0 ? page : await fetchPage(api, 0)));
    if (page.cursor === cursor) return;
    await store.applyFeed(page);
    cursor = page.cursor;
  }
}

async function fetchAll(api: Api, all: NightFeed): Promise<NightFeed> {
  const nights = new Map(all.nights.map((night) => [night.night_date, night]));
  for (let cursor = 0; cursor !== all.cursor; ) {
    cursor = all.cursor;
    const page = await fetchPage(api, cursor);
    for (const night of page.nights) nights.set(night.night_date, night);
    for (const date of page.deleted) nights.delete(date);
    Object.assign(all.etags, page.etags);
    all.cursor = page.cursor;
  }
  return { ...all, nights: [...nights.values()] };
}

async function fetchPage(api: Api, cursor: number): Promise<NightFeed> {
  return (await bodyOf(api.GET('/api/nights', { params: { query: { cursor } } }))) as NightFeed;
}
