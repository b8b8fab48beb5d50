import type { Night, NightFeed } from '../../shared/api/types';
import { sameAnswers } from '../sync/merge';
import { byDate, nextRow, putBase, putNight, type Writing } from './rows';
import type { OutboxRow, ServerCopy } from './schema';

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

/** Begins anew with a server that was restored, or never asked before; what the phone knows beyond `feed`, all it has, is queued again. */
export async function adoptEpoch(writing: Writing, feed: NightFeed): Promise<void> {
  const [nights, bases, unsent] = await Promise.all([
    writing.objectStore('nights').getAll(),
    writing.objectStore('base').getAll(),
    writing.objectStore('outbox').getAllKeys(),
  ]);
  const before = byDate(bases);
  const server = new Map(feed.nights.map((night) => [night.night_date, copyOf(feed, night)]));
  const settled = nights.filter(({ night_date }) => !unsent.includes(night_date)).map(({ night }) => night);
  const offers = settled.flatMap((night) => offerOf(night, server.get(night.night_date), before.get(night.night_date)) ?? []);
  const offered = new Set(offers.map(({ night_date }) => night_date));
  await writing.objectStore('base').clear();
  for (const [date, copy] of server) {
    await putBase(writing.objectStore('base'), date, copy);
    if (!unsent.includes(date) && !offered.has(date)) await putNight(writing.objectStore('nights'), copy.night);
  }
  for (const row of offers) await writing.objectStore('outbox').put(row);
  await keepPlace(writing, feed);
}

// An older copy is overwritten. A newer one stands, but the server may never have kept mine: offered as the unchanged
// copy that it is, mine is refused, which puts it into the history, and the merge gives way in every answer.
function offerOf(mine: Night, theirs: ServerCopy | undefined, before: ServerCopy | undefined): OutboxRow | undefined {
  if (theirs && sameAnswers(theirs.night, mine)) return undefined;
  const outdated = theirs && Date.parse(theirs.night.edited_at) < Date.parse(mine.edited_at);
  const base = outdated ? theirs : theirs && { night: mine, etag: before?.etag ?? '""' };
  return nextRow(mine.night_date, mine, mine.edited_at, undefined, base);
}

function copyOf(feed: NightFeed, night: Night): ServerCopy {
  return { night, etag: feed.etags[night.night_date] ?? '' };
}

async function keepPlace(writing: Writing, { cursor, epoch }: NightFeed): Promise<void> {
  await writing.objectStore('meta').put(cursor, 'cursor');
  await writing.objectStore('meta').put(epoch, 'epoch');
}
