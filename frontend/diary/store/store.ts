import { signal, type ReadonlySignal } from '@preact/signals';
import type { StoreNames } from 'idb';
import type { Night, NightFeed } from '../../shared/api/types';
import { newId } from '../../shared/device';
import type { PlainDate } from '../../shared/nights';
import { nothingHeld, withEnds, withNight, type HoldCopy, type SignEnd } from '../hold/copy';
import { mergeNights, sameAnswers } from './merge';
import { applyFeed } from './feed';
import { deleteDatabase, openDatabase, type Database, type Ending } from './open';
import { byDate, goesOut, nextRow, putBase, putNight, type Writing } from './rows';
import type { DiaryDatabase, Mark, Meta, NightRecord, OutboxRow, Refusal, ServerCopy } from './schema';

/** Everything the pages show of nights and of their way to the server. */
export interface Snapshot {
  nights: ReadonlyMap<PlainDate, NightRecord>;
  outbox: ReadonlyMap<PlainDate, OutboxRow>;
  /** Cramps marked in the night that no saved night holds yet. */
  marks: readonly Mark[];
  left: readonly PlainDate[];
  /** What is known of stop signs; null where nothing is. */
  holds: HoldCopy | null;
  /** The last night that the person called over before its morning. */
  up: PlainDate | null;
}

// A diary entry must survive a dead battery, so nothing less than strict will do: the browser's default may
// report success before the entry has reached the disk.
const strict: IDBTransactionOptions = { durability: 'strict' };

const everything = ['nights', 'base', 'outbox', 'meta'] as const;

/** One patient's diary on this phone. Every promise resolves only when the change is on disk. */
export class DiaryStore {
  private readonly noRoom = signal(false);
  /** Whether the last write found no room on this phone. */
  readonly full: ReadonlySignal<boolean> = this.noRoom;
  /** True once this connection has ended, here or for a reason of `Ending`. */
  closed = false;

  private constructor(
    readonly userId: string,
    private readonly database: Database,
  ) {}

  /** Opens a user's diary; `onEnding` hears when its connection ends without anybody here closing it. */
  static async open(userId: string, onEnding: (ending: Ending) => void = () => undefined): Promise<DiaryStore> {
    let store: DiaryStore | undefined = undefined;
    const database = await openDatabase(userId, (ending) => {
      store?.close();
      onEnding(ending);
    });
    store = new DiaryStore(userId, database);
    return store;
  }

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
    const [nights, outbox, marks, left, holds, up] = await Promise.all([
      transaction.objectStore('nights').getAll(),
      transaction.objectStore('outbox').getAll(),
      transaction.objectStore('meta').get('marks'),
      transaction.objectStore('meta').get('left'),
      transaction.objectStore('meta').get('holds'),
      transaction.objectStore('meta').get('up'),
    ]);
    return {
      nights: byDate(nights),
      outbox: byDate(outbox),
      marks: (marks as Mark[]) ?? [],
      left: (left as PlainDate[]) ?? [],
      holds: (holds as HoldCopy) ?? null,
      up: (up as PlainDate) ?? null,
    };
  }

  /**
   * Saves a night and queues it. `opened` is the copy the form started from; a copy changed since is merged. `taken` are
   * the marks it settles, `ends` what was said of its stop signs.
   */
  record(edited: Night, opened: Night | null, taken: readonly string[] = [], ends: readonly SignEnd[] = []): Promise<void> {
    return this.write(everything, async (writing) => {
      const [local, base, row] = await Promise.all([
        writing.objectStore('nights').get(edited.night_date),
        writing.objectStore('base').get(edited.night_date),
        writing.objectStore('outbox').get(edited.night_date),
      ]);
      const changedMeanwhile = local && !(opened && sameAnswers(local.night, opened));
      const night = changedMeanwhile ? mergeNights({ base: opened, mine: edited, theirs: local.night, mineWins: true }) : edited;
      const nothingNew = !row && base && sameAnswers(base.night, night);
      if (!nothingNew) {
        await writing.objectStore('outbox').put(nextRow(edited.night_date, night, night.edited_at, row, base));
      }
      await writing.objectStore('nights').put({ night_date: edited.night_date, night: nothingNew ? base.night : night, combined: false });
      await writing.objectStore('meta').delete(`draft:${edited.night_date}`);
      const before = local?.night ?? null;
      await changeHolds(writing, (holds) => withEnds(withNight(holds, before, night), ends));
      if (taken.length > 0) {
        const marks = ((await writing.objectStore('meta').get('marks')) ?? []) as Mark[];
        await writing.objectStore('meta').put(marks.filter(({ id }) => !taken.includes(id)), 'marks');
      }
    });
  }

  /** Changes the cramps marked in the night, all tabs in turn. */
  changeMarks(change: (marks: readonly Mark[]) => readonly Mark[]): Promise<void> {
    return this.changeMeta('marks', (marks) => [...change(marks ?? [])]);
  }

  /** Changes what is known of stop signs, all tabs in turn. */
  changeHolds(change: (holds: HoldCopy) => HoldCopy): Promise<void> {
    return this.changeMeta('holds', (holds) => change(holds ?? nothingHeld));
  }

  /** Keeps what the person said to end some signs. */
  endHolds(ends: readonly SignEnd[]): Promise<void> {
    return this.changeHolds((holds) => withEnds(holds, ends));
  }

  /** Notes that a night stays unrecorded. */
  leaveNight(date: PlainDate): Promise<void> {
    return this.changeMeta('left', (left) => [...(left ?? []), date]);
  }

  /** Deletes a night here and queues its deletion; `ends` is what was said of its stop signs. */
  remove(date: PlainDate, editedAt: string, ends: readonly SignEnd[] = []): Promise<void> {
    return this.write(everything, async (writing) => {
      const [base, row] = await Promise.all([writing.objectStore('base').get(date), writing.objectStore('outbox').get(date)]);
      await writing.objectStore('outbox').put(nextRow(date, null, editedAt, row, base));
      await writing.objectStore('nights').delete(date);
      await writing.objectStore('meta').delete(`draft:${date}`);
      await changeHolds(writing, (holds) => withEnds(holds, ends));
    });
  }

  /** Nights for which something was typed or marked that no saved night holds. */
  async unsavedNights(): Promise<PlainDate[]> {
    const [keys, { marks }] = await Promise.all([this.database.getAllKeys('meta'), this.snapshot()]);
    const typed = keys.filter((key) => key.startsWith('draft:')).map((key) => key.slice('draft:'.length));
    return [...new Set([...typed, ...marks.map(({ night_date }) => night_date)])].sort();
  }

  /** Rows to send, oldest first. */
  async waitingRows(): Promise<OutboxRow[]> {
    const rows = await this.database.getAll('outbox');
    return rows.filter(goesOut).sort((a, b) => a.queued_at - b.queued_at);
  }

  row(date: PlainDate): Promise<OutboxRow | undefined> {
    return this.database.get('outbox', date);
  }

  /** The server has stored a change (null: deleted). A row changed meanwhile stays, on the new base. */
  settle(sent: OutboxRow, stored: ServerCopy | null): Promise<void> {
    return this.finish(sent, stored, (row) => ({ ...row, base: stored, earlier: [] }));
  }

  /** The server's copy stands in place of a change that adds nothing to it. A row changed meanwhile was not made on that copy. */
  giveWay(sent: OutboxRow, theirs: ServerCopy | null): Promise<void> {
    return this.finish(sent, theirs, (row) => row);
  }

  /** Puts a merged night in place of a refused change; does nothing if the row has changed meanwhile. */
  replace(sent: OutboxRow, merged: Night, theirs: ServerCopy | null, combined: boolean): Promise<void> {
    return this.write(everything, async (writing) => {
      const row = await writing.objectStore('outbox').get(sent.night_date);
      if (row?.change !== sent.change) return;
      await putBase(writing.objectStore('base'), sent.night_date, theirs);
      const next = { change: newId(), body: merged, edited_at: merged.edited_at, base: theirs, earlier: [] };
      await writing.objectStore('outbox').put({ ...row, ...next });
      await writing.objectStore('nights').put({ night_date: sent.night_date, night: merged, combined });
    });
  }

  /** Makes a refused deletion stand on the server's present copy. */
  rebase(sent: OutboxRow, theirs: ServerCopy | null): Promise<void> {
    return this.change(sent, (row) => ({ ...row, base: theirs, earlier: [] }));
  }

  /** Notes a failed attempt and when to try again. */
  postpone(sent: OutboxRow, retryAt: number): Promise<void> {
    return this.change(sent, (row) => ({ ...row, attempts: row.attempts + 1, retry_at: retryAt }));
  }

  /** The server will not take this entry as it is; it stays until the person decides, or until a try at `retryAt` goes through. */
  refuse(sent: OutboxRow, refusal: Refusal, retryAt = 0): Promise<void> {
    return this.change(sent, (row) => ({ ...row, state: 'needs_attention', refusal, attempts: row.refusal ? row.attempts + 1 : 1, retry_at: retryAt }));
  }

  /** Makes every row due at once, refused ones too: the person asked to send. */
  makeDue(): Promise<void> {
    return this.changeAll((row) => ({ ...row, state: 'waiting', refusal: null, retry_at: 0 }));
  }

  /** Lets every row go out at the next round instead of after its back-off: the network is back. */
  forgetDelays(): Promise<void> {
    return this.changeAll((row) => ({ ...row, retry_at: 0 }));
  }

  /** Lets refused rows that are tried again go out at the next round. */
  hurryRefused(): Promise<void> {
    return this.changeAll((row) => (row.refusal && row.retry_at ? { ...row, retry_at: 0 } : row));
  }

  /** Notes a change that the server told of; called before anything is made of its answer, so that its loss is always noticed. */
  noteChange(at: string): Promise<void> {
    return this.changeMeta('told', (told = []) => (told.includes(at) ? told : [...told, at]));
  }

  /** Takes over a page of the server's changes; nights with an unsent change keep what the person typed. */
  applyFeed(feed: NightFeed): Promise<void> {
    return this.write(everything, (writing) => applyFeed(writing, feed));
  }

  /** Begins anew with a server that was restored from a backup, or never asked before: `feed` is all it has. */
  async adoptEpoch(feed: NightFeed): Promise<void> {
    // Once a phone, and after a restore.
    const { adoptEpoch } = await import('./adopt');
    return this.writeAll((writing) => adoptEpoch(writing, feed));
  }

  /** Runs a task of a part of the app that is loaded when it is needed: all of it is on disk, or none of it happened. */
  writeAll(task: (writing: Writing) => Promise<void>): Promise<void> {
    return this.write(everything, task);
  }

  async meta<Key extends keyof Meta & string>(key: Key): Promise<Meta[Key] | undefined> {
    return (await this.database.get('meta', key)) as Meta[Key] | undefined;
  }

  /** Keeps what can be typed or fetched again; where there is no room for it, `full` tells. */
  putMeta<Key extends keyof Meta & string>(key: Key, value: Meta[Key]): Promise<void> {
    return this.changeMeta(key, () => value).catch(unlessFull);
  }

  /** Changes a value, all tabs in turn. */
  changeMeta<Key extends keyof Meta & string>(key: Key, change: (value: Meta[Key] | undefined) => Meta[Key]): Promise<void> {
    return this.write(['meta'], async (writing) => {
      const meta = writing.objectStore('meta');
      await meta.put(change((await meta.get(key)) as Meta[Key] | undefined), key);
    });
  }

  deleteMeta(key: keyof Meta & string): Promise<void> {
    return this.write(['meta'], (writing) => writing.objectStore('meta').delete(key));
  }

  private change(sent: OutboxRow, next: (row: OutboxRow) => OutboxRow): Promise<void> {
    return this.changeAll((row) => (row.change === sent.change ? next(row) : row));
  }

  private changeAll(next: (row: OutboxRow) => OutboxRow): Promise<void> {
    return this.write(['outbox'], async (writing) => {
      const outbox = writing.objectStore('outbox');
      for (const row of await outbox.getAll()) {
        const changed = next(row);
        if (changed !== row) await outbox.put(changed);
      }
    });
  }

  private finish(sent: OutboxRow, copy: ServerCopy | null, onChanged: (row: OutboxRow) => OutboxRow): Promise<void> {
    return this.write(everything, async (writing) => {
      const row = await writing.objectStore('outbox').get(sent.night_date);
      await putBase(writing.objectStore('base'), sent.night_date, copy);
      if (!row) return;
      if (row.change !== sent.change) return void (await writing.objectStore('outbox').put(onChanged(row)));
      await writing.objectStore('outbox').delete(sent.night_date);
      if (copy) await putNight(writing.objectStore('nights'), copy.night);
    });
  }

  /** Runs a task in one transaction: all of it is on disk, or none of it happened. */
  private async write<Stores extends StoreNames<DiaryDatabase>>(
    stores: readonly Stores[],
    task: (writing: Writing<Stores>) => Promise<void>,
  ): Promise<void> {
    const writing = this.database.transaction([...stores], 'readwrite', strict);
    try {
      await Promise.all([task(writing), writing.done]);
      this.noRoom.value = false;
    } catch (error) {
      abort(writing);
      if (isFull(error)) this.noRoom.value = true;
      throw error;
    }
  }
}

// What is known is written only where it changes: most nights tell of no sign.
async function changeHolds(writing: Writing, change: (holds: HoldCopy) => HoldCopy): Promise<void> {
  const meta = writing.objectStore('meta');
  const known = ((await meta.get('holds')) as HoldCopy | undefined) ?? nothingHeld;
  const next = change(known);
  if (JSON.stringify(next) !== JSON.stringify(known)) await meta.put(next, 'holds');
}

function abort(writing: Pick<Writing, 'abort'>): void {
  try {
    writing.abort();
  } catch {
    // It has ended already, and with an error nothing of it was written.
  }
}

const isFull = (error: unknown) => error instanceof DOMException && error.name === 'QuotaExceededError';

function unlessFull(error: unknown): void {
  if (!isFull(error)) throw error;
}
