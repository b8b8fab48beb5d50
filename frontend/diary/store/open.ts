import { deleteDB, openDB, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb';
import type { DiaryDatabase } from './schema';

export type Database = IDBPDatabase<DiaryDatabase>;
type Upgrade = IDBPTransaction<DiaryDatabase, StoreNames<DiaryDatabase>[], 'versionchange'>;

/** Each step runs once, in order, on databases older than it; a released step is never edited. */
const migrations: ((database: Database, transaction: Upgrade) => void)[] = [
  (database) => {
    database.createObjectStore('nights', { keyPath: 'night_date' });
    database.createObjectStore('base', { keyPath: 'night_date' });
    database.createObjectStore('outbox', { keyPath: 'night_date' });
    database.createObjectStore('meta');
  },
];

/** The database of one user; no other user's data is ever in it. */
export const databaseName = (userId: string) => `charley-${userId}`;

/** Opens a user's database, upgrading it where it is older than this program. `standAside` must close it: another tab waits. */
export function openDatabase(userId: string, standAside: () => void): Promise<Database> {
  return openDB<DiaryDatabase>(databaseName(userId), migrations.length, {
    upgrade(database, oldVersion, _newVersion, transaction) {
      for (const migrate of migrations.slice(oldVersion)) migrate(database, transaction);
    },
    blocking: standAside,
    terminated: standAside,
  });
}

/** Deletes a user's database. */
export function deleteDatabase(userId: string): Promise<void> {
  return deleteDB(databaseName(userId));
}
