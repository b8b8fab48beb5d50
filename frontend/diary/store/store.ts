import type { IDBPObjectStore, StoreNames } from 'idb';
import type { Night, NightFeed } from '../../shared/api/types';
import type { PlainDate } from '../../shared/nights';
import { mergeNights, sameAnswers } from '../sync/merge';
import { deleteDatabase, openDatabase, type Database } from './open';
import type { DiaryDatabase, Mark, Meta, NightRecord, OutboxRow, Refusal, ServerCopy } from './schema';

type NightStore = Pick<IDBPObjectStore<DiaryDatabase, StoreNames<DiaryDatabase>[], 'nights', 'readwrite'>, 'get' | 'put'>;
type BaseStore = Pick<IDBPObjectStore<DiaryDatabase, StoreNames<DiaryDatabase>[], 'base', 'readwrite'>, 'put' | 'delete'>;

/** Everything the pages show of nights and of their way to the server. */
export interface Snapshot {
  nights: ReadonlyMap<PlainDate, NightRecord>;
  outbox: ReadonlyMap<PlainDate, OutboxRow>;
  /** Cramps marked in the night that no saved night holds yet. */
  marks: readonly Mark[];
  left: readonly PlainDate[];
}

// A diary entry must survive a dead battery, so nothing less than strict will do: the browser's default may
// report success before the entry has reached the disk.
const strict: IDBTransactionOptions = { durability: 'strict' };

/** One patient's diary on this phone. Every promise resolves only when the change is on disk. */
export class DiaryStore {
  private constructor(
    readonly userId: string,
    private readonly database: Database,
  ) {}

  static async open(userId: string): Promise<DiaryStore> {
    let store: DiaryStore | undefined = undefined;
    const database = await openDatabase(userId, () => store?.close());
    store = new DiaryStore(userId, database);
    return store;
  }

  /** True once this connection has ended, here or because another tab emptied the store. */
  closed = false;

  close(): void {
    this.closed = true;
    this.database.close();
  }

  /** Removes everything of this user from the phone; refuses while entries are unsent, unless told they were exported. */
  async destroy(options: { unsentExported?: boolean } = {}): Promise<void> {
    if (!options.unsentExported && (await this.database.count('outbox')) > 0) throw new Error('unsent entries would be lost');
    this.close();
    await deleteDatabase(this.userId);
  }

  async snapshot(): Promise<Snapshot> {
    const transaction = this.database.transaction(['nights', 'outbox', 'meta']);
    const [nights, outbox, marks, left] = await Promise.all([
      transaction.objectStore('nights').getAll(),
      transaction.objectStore('outbox').getAll(),
      transaction.objectStore('meta').get('marks'),
      transaction.objectStore('meta').get('left'),
    ]);
    return { nights: byDate(nights), outbox: byDate(outbox), marks: (marks as Mark[]) ?? [], left: (left as PlainDate[]) ?? [] };
  }

  /** Saves a night and queues it. `opened` is the copy the form started from; a copy changed since is merged. `taken` are the marks it settles. */
  async record(edited: Night, opened: Night | null, taken: readonly string[] = []): Promise<void> {
    const transaction = this.database.transaction(['nights', 'base', 'outbox', 'meta'], 'readwrite', strict);
    const [local, base, row] = await Promise.all([
      transaction.objectStore('nights').get(edited.night_date),
      transaction.objectStore('base').get(edited.night_date),
      transaction.objectStore('outbox').get(edited.night_date),
    ]);
    const changedMeanwhile = local && !(opened && sameAnswers(local.night, opened));
    const night = changedMeanwhile ? mergeNights({ base: opened, mine: edited, theirs: local.night, mineWins: true }) : edited;
    const nothingNew = !row && base && sameAnswers(base.night, night);
    if (!nothingNew) {
      await transaction.objectStore('outbox').put(nextRow(edited.night_date, night, night.edited_at, row, base));
    }
    await transaction.objectStore('nights').put({ night_date: edited.night_date, night: nothingNew ? base.night : night, combined: false });
    await transaction.objectStore('meta').delete(`draft:${edited.night_date}`);
    if (taken.length > 0) {
      const marks = ((await transaction.objectStore('meta').get('marks')) ?? []) as Mark[];
      await transaction.objectStore('meta').put(marks.filter(({ id }) => !taken.includes(id)), 'marks');
    }
    await transaction.done;
  }

  /** Changes the cramps marked in the night, all tabs in turn. */
  changeMarks(change: (marks: readonly Mark[]) => readonly Mark[]): Promise<void> {
    return this.changeMeta('marks', (marks) => [...change(marks ?? [])]);
  }

  /** Notes that a night stays unrecorded. */
  leaveNight(date: PlainDate): Promise<void> {
    return this.changeMeta('left', (left) => [...(left ?? []), date]);
  }

  /** Deletes a night here and queues its deletion. */
  async remove(date: PlainDate, editedAt: string): Promise<void> {
    const transaction = this.database.transaction(['nights', 'base', 'outbox', 'meta'], 'readwrite', strict);
    const [base, row] = await Promise.all([transaction.objectStore('base').get(date), transaction.objectStore('outbox').get(date)]);
    await transaction.objectStore('outbox').put(nextRow(date, null, editedAt, row, base));
    await transaction.objectStore('nights').delete(date);
    await transaction.objectStore('meta').delete(`draft:${date}`);
    await transaction.done;
  }

  /** Rows to send, oldest first. */
  async waitingRows(): Promise<OutboxRow[]> {
    const rows = await this.database.getAll('outbox');
    return rows.filter((row) => row.state === 'waiting').sort((a, b) => a.queued_at - b.queued_at);
  }

  row(date: PlainDate): Promise<OutboxRow | undefined> {
    return this.database.get('outbox', date);
  }

  /** The server has stored a change (null: deleted). A row changed meanwhile stays, on the new base. */
  async settle(sent: OutboxRow, stored: ServerCopy | null): Promise<void> {
    const transaction = this.database.transaction(['nights', 'base', 'outbox'], 'readwrite', strict);
    const row = await transaction.objectStore('outbox').get(sent.night_date);
    await putBase(transaction.objectStore('base'), sent.night_date, stored);
    if (row && row.change !== sent.change) {
      await transaction.objectStore('outbox').put({ ...row, base: stored });
    } else if (row) {
      await transaction.objectStore('outbox').delete(sent.night_date);
      if (stored) await putNight(transaction.objectStore('nights'), stored.night);
    }
    await transaction.done;
  }

  /** Puts a merged night in place of a refused change; does nothing if the row has changed meanwhile. */
  async replace(sent: OutboxRow, merged: Night, theirs: ServerCopy | null, combined: boolean): Promise<void> {
    const transaction = this.database.transaction(['nights', 'base', 'outbox'], 'readwrite', strict);
    const row = await transaction.objectStore('outbox').get(sent.night_date);
    if (row?.change === sent.change) {
      await putBase(transaction.objectStore('base'), sent.night_date, theirs);
      const next = { change: crypto.randomUUID(), body: merged, edited_at: merged.edited_at, base: theirs };
      await transaction.objectStore('outbox').put({ ...row, ...next });
      await transaction.objectStore('nights').put({ night_date: sent.night_date, night: merged, combined });
    }
    await transaction.done;
  }

  /** Makes a refused deletion stand on the server's present copy. */
  rebase(sent: OutboxRow, theirs: ServerCopy | null): Promise<void> {
    return this.change(sent, (row) => ({ ...row, base: theirs }));
  }

  /** Notes a failed attempt and when to try again. */
  postpone(sent: OutboxRow, retryAt: number): Promise<void> {
    return this.change(sent, (row) => ({ ...row, attempts: row.attempts + 1, retry_at: retryAt }));
  }

  /** The server will not take this entry as it is; it stays until the person decides. */
  refuse(sent: OutboxRow, refusal: Refusal): Promise<void> {
    return this.change(sent, (row) => ({ ...row, state: 'needs_attention', refusal }));
  }

  /** Makes every row due at once, refused ones too: the person asked to send. */
  async makeDue(): Promise<void> {
    const transaction = this.database.transaction('outbox', 'readwrite', strict);
    for (const row of await transaction.store.getAll()) {
      await transaction.store.put({ ...row, state: 'waiting', refusal: null, retry_at: 0 });
    }
    await transaction.done;
  }

  /** Lets every row go out at the next round instead of after its back-off: the network is back. */
  async forgetDelays(): Promise<void> {
    const transaction = this.database.transaction('outbox', 'readwrite', strict);
    for (const row of await transaction.store.getAll()) await transaction.store.put({ ...row, retry_at: 0 });
    await transaction.done;
  }

  /** Takes over a page of the server's changes; nights with an unsent change keep what the person typed. */
  async applyFeed(feed: NightFeed): Promise<void> {
    const transaction = this.database.transaction(['nights', 'base', 'outbox', 'meta'], 'readwrite', strict);
    const unsent = new Set(await transaction.objectStore('outbox').getAllKeys());
    for (const night of feed.nights) {
      await transaction.objectStore('base').put({ night_date: night.night_date, night, etag: feed.etags[night.night_date] ?? '' });
      if (!unsent.has(night.night_date)) await putNight(transaction.objectStore('nights'), night);
    }
    for (const date of feed.deleted) {
      await transaction.objectStore('base').delete(date);
      if (!unsent.has(date)) await transaction.objectStore('nights').delete(date);
    }
    await transaction.objectStore('meta').put(feed.cursor, 'cursor');
    await transaction.objectStore('meta').put(feed.epoch, 'epoch');
    await transaction.done;
  }

  /** The server was restored from a backup: `feed` is all it has. What it lacks or holds older is queued again. */
  async adoptEpoch(feed: NightFeed): Promise<void> {
    const transaction = this.database.transaction(['nights', 'base', 'outbox', 'meta'], 'readwrite', strict);
    const unsent = new Set(await transaction.objectStore('outbox').getAllKeys());
    const server = new Map(feed.nights.map((night) => [night.night_date, { night, etag: feed.etags[night.night_date] ?? '' }]));
    const local = byDate(await transaction.objectStore('nights').getAll());
    await transaction.objectStore('base').clear();
    for (const [date, copy] of server) {
      await transaction.objectStore('base').put({ night_date: date, ...copy });
      const mine = local.get(date);
      const older = mine && Date.parse(copy.night.edited_at) < Date.parse(mine.night.edited_at);
      if (!unsent.has(date) && !older) await putNight(transaction.objectStore('nights'), copy.night);
    }
    for (const [date, { night }] of local) {
      const copy = server.get(date);
      const lacking = !copy || Date.parse(copy.night.edited_at) < Date.parse(night.edited_at);
      if (lacking && !unsent.has(date)) await transaction.objectStore('outbox').put(nextRow(date, night, night.edited_at, undefined, copy));
    }
    await transaction.objectStore('meta').put(feed.cursor, 'cursor');
    await transaction.objectStore('meta').put(feed.epoch, 'epoch');
    await transaction.done;
  }

  async meta<Key extends keyof Meta & string>(key: Key): Promise<Meta[Key] | undefined> {
    return (await this.database.get('meta', key)) as Meta[Key] | undefined;
  }

  async putMeta<Key extends keyof Meta & string>(key: Key, value: Meta[Key]): Promise<void> {
    await this.database.put('meta', value, key);
  }

  deleteMeta(key: keyof Meta & string): Promise<void> {
    return this.database.delete('meta', key);
  }

  private async changeMeta<Key extends keyof Meta & string>(key: Key, change: (value: Meta[Key] | undefined) => Meta[Key]): Promise<void> {
    const transaction = this.database.transaction('meta', 'readwrite', strict);
    await transaction.store.put(change((await transaction.store.get(key)) as Meta[Key] | undefined), key);
    await transaction.done;
  }

  private async change(sent: OutboxRow, next: (row: OutboxRow) => OutboxRow): Promise<void> {
    const transaction = this.database.transaction('outbox', 'readwrite', strict);
    const row = await transaction.store.get(sent.night_date);
    if (row?.change === sent.change) await transaction.store.put(next(row));
    await transaction.done;
  }
}

function byDate<Row extends { night_date: PlainDate }>(rows: Row[]): Map<PlainDate, Row> {
  return new Map(rows.map((row) => [row.night_date, row]));
}

function nextRow(
  date: PlainDate,
  body: Night | null,
  editedAt: string,
  row: OutboxRow | undefined,
  base: ServerCopy | undefined,
): OutboxRow {
  return {
    night_date: date,
    change: crypto.randomUUID(),
    body,
    edited_at: editedAt,
    // The pending change was made on its own base; a newer copy fetched since must not pass for it.
    base: row ? row.base : base ? { night: base.night, etag: base.etag } : null,
    queued_at: row?.queued_at ?? Date.now(),
    attempts: 0,
    retry_at: 0,
    state: 'waiting',
    refusal: null,
  };
}

async function putNight(store: NightStore, night: Night): Promise<void> {
  const known = await store.get(night.night_date);
  const combined = known !== undefined && known.combined && sameAnswers(known.night, night);
  await store.put({ night_date: night.night_date, night, combined });
}

async function putBase(store: BaseStore, date: PlainDate, copy: ServerCopy | null): Promise<void> {
  if (copy) await store.put({ night_date: date, ...copy });
  else await store.delete(date);
}
