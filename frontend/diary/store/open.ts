import { signal } from '@preact/signals';
import { deleteDB, openDB, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb';
import type { DiaryDatabase } from './schema';

export type Database = IDBPDatabase<DiaryDatabase>;
type Upgrade = IDBPTransaction<DiaryDatabase, StoreNames<DiaryDatabase>[], 'versionchange'>;

/** Each step runs once, in order, on databases older than it; a released step is never edited. */
const migrations: ((database: Database, transaction: Upgrade) => void | Promise<void>)[] = [
  (database) => {
    database.createObjectStore('nights', { keyPath: 'night_date' });
    database.createObjectStore('base', { keyPath: 'night_date' });
    database.createObjectStore('outbox', { keyPath: 'night_date' });
    database.createObjectStore('meta');
  },
  async (_database, transaction) => {
    const outbox = transaction.objectStore('outbox');
    for (const row of await outbox.getAll()) await outbox.put({ ...row, earlier: [] });
  },
];

/** Why a connection ends that nobody here closed: another tab empties or upgrades the database, or the browser dropped it. */
export type Ending = 'deleted' | 'upgraded' | 'dropped';

/** The database of one user; no other user's data is ever in it. */
export const databaseName = (userId: string) => `charley-${userId}`;

/** The browser does not let the app keep anything here: in a private window, say, or by a setting. */
export class NothingKept extends Error {
  override name = 'NothingKept';
}

/** Whether this browser kept no database when one was last opened. */
export const refused = signal(false);

/** Tries whether this browser keeps a database at all; `NothingKept` where it does not. */
export async function tryStorage(): Promise<void> {
  const name = 'charley-try';
  await unlessRefused(async () => {
    (await openDB(name)).close();
    await deleteDB(name);
  });
}

// Written by a newer program, a database is there and only not for this one.
async function unlessRefused<T>(open: () => Promise<T>): Promise<T> {
  try {
    const opened = await open();
    refused.value = false;
    return opened;
  } catch (cause) {
    if ((cause as Error).name === 'VersionError') throw cause;
    refused.value = true;
    throw new NothingKept('the browser keeps no database', { cause });
  }
}

/** Opens a user's database, upgrading it where it is older than this program. `onEnding` must close it: another tab may wait. */
export function openDatabase(userId: string, onEnding: (ending: Ending) => void): Promise<Database> {
  const open = () => openDB<DiaryDatabase>(databaseName(userId), migrations.length, {
    async upgrade(database, oldVersion, _newVersion, transaction) {
      for (const migrate of migrations.slice(oldVersion)) await migrate(database, transaction);
    },
    blocking: (_version, wanted) => onEnding(wanted === null ? 'deleted' : 'upgraded'),
    terminated: () => onEnding('dropped'),
  });
  return unlessRefused(open);
}

/** Deletes a user's database. */
export function deleteDatabase(userId: string): Promise<void> {
  return deleteDB(databaseName(userId));
}
