import type { Api } from '../../shared/api/client';
import type { NightFeed } from '../../shared/api/types';
import { fetchPage } from './page';

/** Fetches all that the server has, as one page; `first` is where it begins, if that is known already. */
export async function fetchAll(api: Api, first?: NightFeed): Promise<NightFeed> {
  const all = first ?? (await fetchPage(api, 0, []));
  const nights = new Map(all.nights.map((night) => [night.night_date, night]));
  for (let cursor = 0; cursor !== all.cursor; ) {
    cursor = all.cursor;
    const page = await fetchPage(api, cursor, all.last_change ? [all.last_change] : []);
    // Put back in the meantime: what was read before is not what the server has.
    if (page.epoch !== all.epoch) return fetchAll(api);
    for (const night of page.nights) nights.set(night.night_date, night);
    for (const date of page.deleted) nights.delete(date);
    Object.assign(all.etags, page.etags);
    all.cursor = page.cursor;
    all.last_change = page.last_change;
  }
  return { ...all, nights: [...nights.values()] };
}
