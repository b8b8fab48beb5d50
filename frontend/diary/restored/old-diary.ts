import { openDB, type IDBPDatabase } from 'idb';
import type { Night } from '../../shared/api/types';
import type { PlainDate } from '../../shared/nights';
import { databaseName } from '../store/open';
import type { Draft, DiaryDatabase, Mark, NightRecord } from '../store/schema';

/** What a person wrote in a diary on this phone: sent, unsent and refused nights, and what no saved night holds yet. */
export interface OldDiary {
  account: string;
  /** Under which the server was last seen from it; undefined where it never was. */
  epoch: string | undefined;
  /** By date. */
  nights: NightRecord[];
  drafts: [date: PlainDate, draft: Draft][];
  marks: Mark[];
  left: PlainDate[];
}

/** Reads a diary that is not the open one, and changes nothing in it; null where there is none. */
export async function readOldDiary(account: string): Promise<OldDiary | null> {
  const database = await openExisting(account);
  if (!database) return null;
  try {
    return await readAll(account, database);
  } finally {
    database.close();
  }
}

// Of whatever version it is: it is neither made nor upgraded.
async function openExisting(account: string): Promise<IDBPDatabase<DiaryDatabase> | null> {
  try {
    return await openDB<DiaryDatabase>(databaseName(account), undefined, {
      upgrade: (_database, _old, _new, making) => {
        making.done.catch(() => undefined);
        making.abort();
      },
    });
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error;
    return null;
  }
}

async function readAll(account: string, database: IDBPDatabase<DiaryDatabase>): Promise<OldDiary> {
  const transaction = database.transaction(['nights', 'outbox', 'meta']);
  const meta = transaction.objectStore('meta');
  const [nights, outbox, keys] = await Promise.all([
    transaction.objectStore('nights').getAll(),
    transaction.objectStore('outbox').getAll(),
    meta.getAllKeys(),
  ]);
  const shown = new Map(nights.map((record) => [record.night_date, record]));
  // A change that waits is what the person wrote last, also where the page shows something else.
  for (const { night_date, body } of outbox) if (body) shown.set(night_date, { combined: false, ...shown.get(night_date), night_date, night: body as Night });
  const drafts = await Promise.all(
    keys.filter((key) => key.startsWith('draft:')).map(async (key): Promise<[PlainDate, Draft]> => [key.slice('draft:'.length), (await meta.get(key)) as Draft]),
  );
  const marks = ((await meta.get('marks')) ?? []) as Mark[];
  const left = ((await meta.get('left')) ?? []) as PlainDate[];
  const epoch = (await meta.get('epoch')) as string | undefined;
  return { account, epoch, nights: [...shown.values()].sort((a, b) => (a.night_date < b.night_date ? -1 : 1)), drafts, marks, left };
}
