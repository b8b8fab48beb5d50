import type { Night } from '../../shared/api/types';
import type { PlainDate } from '../../shared/nights';
import { nothingHeld, withNight, type HoldCopy } from '../hold/copy';
import { nextRow, type Writing } from '../store/rows';
import type { Mark, NightRecord } from '../store/schema';
import { mergeNights, sameAnswers } from '../store/merge';
import type { OldDiary } from './old-diary';

/**
 * Takes a diary of a lost account into the open one, once, as part of one transaction: each night is queued as it was
 * edited. A night that this diary has otherwise goes the way of two phones that wrote it apart.
 */
export async function takeOver(writing: Writing, { account, nights, drafts, marks, left }: OldDiary): Promise<void> {
  const meta = writing.objectStore('meta');
  const taken = ((await meta.get('taken')) ?? []) as string[];
  if (taken.includes(account)) return;
  await meta.put([...taken, account], 'taken');
  for (const record of nights) await takeNight(writing, record);
  for (const [date, draft] of drafts) if ((await meta.get(`draft:${date}`)) === undefined) await meta.put(draft, `draft:${date}`);
  await unite<Mark>(writing, 'marks', marks, ({ id }) => id);
  await unite<PlainDate>(writing, 'left', left, (date) => date);
}

async function takeNight(writing: Writing, { night_date: date, night: mine, combined }: NightRecord): Promise<void> {
  const [local, row, base] = await Promise.all([
    writing.objectStore('nights').get(date),
    writing.objectStore('outbox').get(date),
    writing.objectStore('base').get(date),
  ]);
  if (local && sameAnswers(local.night, mine)) return;
  const night = local ? together(mine, local.night) : mine;
  // On no base: where the server has this night, it refuses mine, which puts it into the history, and both are merged.
  const next = row ? nextRow(date, night, night.edited_at, row, base) : nextRow(date, mine, mine.edited_at, undefined, undefined);
  await writing.objectStore('outbox').put(next);
  await writing.objectStore('nights').put({ night_date: date, night, combined: combined || local !== undefined });
  await raiseSigns(writing, local?.night ?? null, night);
}

const together = (mine: Night, theirs: Night): Night =>
  mergeNights({ base: null, mine, theirs, mineWins: Date.parse(mine.edited_at) >= Date.parse(theirs.edited_at) });

// Until the server has the night, nothing else on this phone says that it speaks against stockings.
async function raiseSigns(writing: Writing, before: Night | null, night: Night): Promise<void> {
  const meta = writing.objectStore('meta');
  const known = ((await meta.get('holds')) ?? nothingHeld) as HoldCopy;
  const holds = withNight(known, before, night);
  if (holds !== known) await meta.put(holds, 'holds');
}

async function unite<Item>(writing: Writing, key: 'marks' | 'left', more: readonly Item[], idOf: (item: Item) => string): Promise<void> {
  const meta = writing.objectStore('meta');
  const here = ((await meta.get(key)) ?? []) as Item[];
  const known = new Set(here.map(idOf));
  const added = more.filter((item) => !known.has(idOf(item)));
  if (added.length > 0) await meta.put([...here, ...added] as Mark[] | PlainDate[], key);
}
