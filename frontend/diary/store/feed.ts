import type { Night, NightFeed } from '../../shared/api/types';
import { putBase, putNight, type Writing } from './rows';
import type { ServerCopy } from './schema';

/** Takes over a page of the server's changes; nights with an unsent change keep what the person typed. */
export async function applyFeed(writing: Writing, feed: NightFeed): Promise<void> {
  const unsent = new Set(await writing.objectStore('outbox').getAllKeys());
  for (const night of feed.nights) {
    await putBase(writing.objectStore('base'), night.night_date, copyOf(feed, night));
    if (!unsent.has(night.night_date)) await putNight(writing.objectStore('nights'), night);
  }
  for (const date of feed.deleted) {
    await putBase(writing.objectStore('base'), date, null);
    if (!unsent.has(date)) await writing.objectStore('nights').delete(date);
  }
  await keepPlace(writing, feed);
}

/** A night of the feed with its version. */
export function copyOf(feed: NightFeed, night: Night): ServerCopy {
  return { night, etag: feed.etags[night.night_date] ?? '' };
}

/** Notes how far the feed has been taken over. */
export async function keepPlace(writing: Writing, { cursor, epoch, last_change: newest }: NightFeed): Promise<void> {
  const meta = writing.objectStore('meta');
  await meta.put(cursor, 'cursor');
  await meta.put(epoch, 'epoch');
  // The server has every change that it was asked for, so the newest stands for them.
  await meta.put(newest ? [newest] : [], 'told');
}
