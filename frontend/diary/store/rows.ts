import type { IDBPObjectStore, IDBPTransaction, StoreNames } from 'idb';
import type { Night } from '../../shared/api/types';
import { newId } from '../../shared/device';
import type { PlainDate } from '../../shared/nights';
import { sameAnswers } from './merge';
import type { DiaryDatabase, OutboxRow, ServerCopy } from './schema';

type Names = StoreNames<DiaryDatabase>;
/** A transaction that writes; each of the functions here is part of a larger one. */
export type Writing<Stores extends Names = Names> = IDBPTransaction<DiaryDatabase, Stores[], 'readwrite'>;

type NightStore = Pick<IDBPObjectStore<DiaryDatabase, Names[], 'nights', 'readwrite'>, 'get' | 'put'>;
type BaseStore = Pick<IDBPObjectStore<DiaryDatabase, Names[], 'base', 'readwrite'>, 'put' | 'delete'>;

/** The row of a change (null: a deletion) that follows the row waiting for the same night, if there is one. */
export function nextRow(
  date: PlainDate,
  body: Night | null,
  editedAt: string,
  row: OutboxRow | undefined,
  base: ServerCopy | undefined,
): OutboxRow {
  return {
    night_date: date,
    change: newId(),
    body,
    edited_at: editedAt,
    // The pending change was made on its own base; a newer copy fetched since must not pass for it.
    base: row ? row.base : base ? { night: base.night, etag: base.etag } : null,
    earlier: row ? [...row.earlier, ...(row.body ? [row.body] : [])] : [],
    queued_at: row?.queued_at ?? Date.now(),
    attempts: 0,
    retry_at: 0,
    state: 'waiting',
    refusal: null,
  };
}

/** Whether a row is sent by itself: a refusal that time cures is tried again, and once more one that was kept without its mark. */
export const goesOut = ({ refusal }: OutboxRow): boolean => refusal?.reason === undefined || refusal.reason === 'not_begun';

/** Shows a night of the server; one that was put together of two stays marked until it changes. */
export async function putNight(store: NightStore, night: Night): Promise<void> {
  const known = await store.get(night.night_date);
  const combined = known !== undefined && known.combined && sameAnswers(known.night, night);
  await store.put({ night_date: night.night_date, night, combined });
}

/** Keeps the server's copy of a night (null: it has none). */
export async function putBase(store: BaseStore, date: PlainDate, copy: ServerCopy | null): Promise<void> {
  if (copy) await store.put({ night_date: date, ...copy });
  else await store.delete(date);
}

/** Rows by the date of their night. */
export function byDate<Row extends { night_date: PlainDate }>(rows: Row[]): Map<PlainDate, Row> {
  return new Map(rows.map((row) => [row.night_date, row]));
}
