import type { Night, NightFeed } from '../../shared/api/types';
import { sameAnswers } from './merge';
import { copyOf, keepPlace } from './feed';
import { byDate, nextRow, putBase, putNight, type Writing } from './rows';
import type { OutboxRow, ServerCopy } from './schema';

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
