import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import { aCramp, aNight } from '../../test/nights';
import { databaseName, openDatabase } from './open';
import type { Mark } from './schema';
import { DiaryStore } from './store';

const date = '2026-11-03';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

test('a recorded night and its outbox row are there after reopening', async () => {
  const store = await DiaryStore.open('u1');
  await store.record(aNight(date, { note: 'a bad one' }), null);
  store.close();

  const { nights, outbox } = await (await DiaryStore.open('u1')).snapshot();
  expect(nights.get(date)?.night.note).toBe('a bad one');
  expect(outbox.get(date)).toMatchObject({ state: 'waiting', base: null, body: { note: 'a bad one' } });
});

test('entry and outbox row are written in one transaction of strict durability', async () => {
  const store = await DiaryStore.open('u1');
  const calls: [string[], IDBTransactionMode | undefined, IDBTransactionOptions | undefined][] = [];
  const original = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (names, mode, options) {
    calls.push([[names].flat() as string[], mode, options]);
    return original.call(this, names, mode, options);
  };
  try {
    await store.record(aNight(date), null);
  } finally {
    IDBDatabase.prototype.transaction = original;
  }
  expect(calls).toEqual([[['nights', 'base', 'outbox', 'meta'], 'readwrite', { durability: 'strict' }]]);
});

test('two users on one phone never see each other', async () => {
  await (await DiaryStore.open('u1')).record(aNight(date), null);
  const other = await (await DiaryStore.open('u2')).snapshot();
  expect(other.nights.size + other.outbox.size).toBe(0);
});

test('a second correction keeps the base and the place in the queue of the first', async () => {
  const store = await DiaryStore.open('u1');
  const server = aNight(date, { note: 'server' });
  await store.applyFeed({ epoch: 'e', cursor: 1, nights: [server], etags: { [date]: '"1"' }, deleted: [], last_change: null });
  await store.record({ ...server, note: 'first' }, server);
  const first = await store.row(date);
  await store.applyFeed({ epoch: 'e', cursor: 2, nights: [{ ...server, rls_urge: true }], etags: { [date]: '"2"' }, deleted: [], last_change: null });
  await store.record({ ...server, note: 'second' }, { ...server, note: 'first' });

  const second = await store.row(date);
  expect(second).toMatchObject({ base: { etag: '"1"' }, queued_at: first?.queued_at, body: { note: 'second' } });
  expect(second?.change).not.toBe(first?.change);
});

test('a form opened before another change arrived does not undo that change', async () => {
  const store = await DiaryStore.open('u1');
  const opened = aNight(date, { stockings_day: true });
  await store.applyFeed({ epoch: 'e', cursor: 1, nights: [opened], etags: { [date]: '"1"' }, deleted: [], last_change: null });
  await store.applyFeed({ epoch: 'e', cursor: 2, nights: [{ ...opened, note: 'from the tablet' }], etags: { [date]: '"2"' }, deleted: [], last_change: null });
  await store.record({ ...opened, cramps: [aCramp('c')] }, opened);
  expect((await store.row(date))?.body).toMatchObject({ note: 'from the tablet', cramps: [{ id: 'c' }] });
});

test('saving what is already stored sends nothing', async () => {
  const store = await DiaryStore.open('u1');
  const night = aNight(date, { note: 'same' });
  await store.applyFeed({ epoch: 'e', cursor: 1, nights: [night], etags: { [date]: '"1"' }, deleted: [], last_change: null });
  await store.record({ ...night, edited_at: '2026-11-05T09:00:00Z' }, night);
  expect(await store.row(date)).toBeUndefined();
});

test('a draft survives a closed tab and is gone once its night is saved', async () => {
  const store = await DiaryStore.open('u1');
  await store.putMeta(`draft:${date}`, { night: aNight(date, { note: 'half a sent' }), opened: null, step: 'details' });
  store.close();
  const again = await DiaryStore.open('u1');
  expect((await again.meta(`draft:${date}`))?.night.note).toBe('half a sent');
  await again.record(aNight(date), null);
  expect(await again.meta(`draft:${date}`)).toBeUndefined();
});

test('an answer to an earlier change does not settle a later one', async () => {
  const store = await DiaryStore.open('u1');
  await store.record(aNight(date, { note: 'sent' }), null);
  const sent = (await store.row(date))!;
  await store.record(aNight(date, { note: 'typed meanwhile' }), sent.body);
  await store.settle(sent, { night: sent.body!, etag: '"1"' });

  const { nights } = await store.snapshot();
  expect(nights.get(date)?.night.note).toBe('typed meanwhile');
  expect(await store.row(date)).toMatchObject({ base: { etag: '"1"' }, body: { note: 'typed meanwhile' } });
});

test('the store is not emptied while entries are unsent', async () => {
  const store = await DiaryStore.open('u1');
  await store.record(aNight(date), null);
  await expect(store.destroy()).rejects.toThrow('unsent entries would be lost');
  expect((await store.snapshot()).outbox.size).toBe(1);
});

test('after an export of the unsent entries the store can be emptied', async () => {
  const store = await DiaryStore.open('u1');
  await store.record(aNight(date), null);
  await store.destroy({ unsentExported: true });
  expect((await (await DiaryStore.open('u1')).snapshot()).nights.size).toBe(0);
});

test('an open tab does not block another one from emptying the store', async () => {
  const first = await DiaryStore.open('u1');
  const other = await DiaryStore.open('u1');
  await first.destroy();
  expect(other.closed).toBe(true);
  expect(await indexedDB.databases()).toEqual([]);
});

test('a database of an unknown later version is refused, not damaged', async () => {
  const later = indexedDB.open('charley-u1', 99);
  await new Promise((resolve) => (later.onsuccess = resolve));
  later.result.close();
  await expect(openDatabase('u1', () => undefined)).rejects.toThrow(/version/);
});

/** A database as the first version of the program left it, with one night, one unsent change of it and a draft. */
async function firstVersion() {
  const request = indexedDB.open(databaseName('u1'), 1);
  request.onupgradeneeded = () => {
    for (const name of ['nights', 'base', 'outbox']) request.result.createObjectStore(name, { keyPath: 'night_date' });
    request.result.createObjectStore('meta');
  };
  await new Promise((resolve) => (request.onsuccess = resolve));
  const night = aNight(date, { note: 'typed long ago' });
  const row = { night_date: date, change: 'c1', body: night, edited_at: night.edited_at, base: null, queued_at: 1, attempts: 3, retry_at: 0, state: 'waiting', refusal: null };
  const writing = request.result.transaction(['nights', 'outbox', 'meta'], 'readwrite');
  writing.objectStore('nights').put({ night_date: date, night, combined: false });
  writing.objectStore('outbox').put(row);
  writing.objectStore('meta').put({ night: aNight('2026-11-04', { note: 'half' }), opened: null, step: 'details' }, 'draft:2026-11-04');
  await new Promise((resolve) => (writing.oncomplete = resolve));
  request.result.close();
}

test('a database of the first version is upgraded with everything in it', async () => {
  await firstVersion();
  const store = await DiaryStore.open('u1');
  const { nights, outbox } = await store.snapshot();
  expect(nights.get(date)?.night.note).toBe('typed long ago');
  expect(outbox.get(date)).toMatchObject({ change: 'c1', attempts: 3, body: { note: 'typed long ago' }, earlier: [] });
  expect((await store.meta('draft:2026-11-04'))?.night.note).toBe('half');

  await store.record(aNight(date, { note: 'corrected after the upgrade' }), outbox.get(date)!.body);
  expect((await store.row(date))?.earlier.map(({ note }) => note)).toEqual(['typed long ago']);
});

test('a connection that ends from outside says why', async () => {
  const endings: string[] = [];
  await DiaryStore.open('u1', (ending) => endings.push(ending));
  const newer = indexedDB.open(databaseName('u1'), 99);
  await new Promise((resolve) => (newer.onsuccess = resolve));
  newer.result.close();
  indexedDB = new IDBFactory();
  const store = await DiaryStore.open('u1', (ending) => endings.push(ending));
  await (await DiaryStore.open('u1')).destroy();
  expect(endings).toEqual(['upgraded', 'deleted']);
  expect(store.closed).toBe(true);
});

/** Makes every write to a store of the phone fail as a full disk does. */
function fillUp(store: string) {
  const put = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...given) {
    if (this.name === store) throw new DOMException('no room', 'QuotaExceededError');
    return put.apply(this, given);
  });
}

test('on a full phone nothing is half written, and the save says so', async () => {
  const store = await DiaryStore.open('u1');
  fillUp('nights');
  await expect(store.record(aNight(date), null)).rejects.toThrow('no room');
  vi.restoreAllMocks();
  const { nights, outbox } = await store.snapshot();
  expect([nights.size, outbox.size, store.full.value]).toEqual([0, 0, true]);
  await store.record(aNight(date), null);
  expect(store.full.value).toBe(false);
});

test('a draft that finds no room is told, not thrown', async () => {
  const store = await DiaryStore.open('u1');
  fillUp('meta');
  await store.putMeta(`draft:${date}`, { night: aNight(date), opened: null, step: 'details' });
  expect(store.full.value).toBe(true);
});

const marked: Mark = { id: 'm1', night_date: date, onset_local: '2026-11-04T03:10', started_at: 0, stopped: true, duration_min: 3 };

test('a cramp marked in the night is kept until the night that took it in is saved', async () => {
  const store = await DiaryStore.open('u1');
  await Promise.all(['m1', 'm2', 'm3'].map((id) => store.changeMarks((marks) => [...marks, { ...marked, id }])));
  expect((await store.snapshot()).marks).toHaveLength(3);

  await store.record(aNight(date, { cramps: [aCramp('m1')] }), null, ['m1', 'm2']);
  expect((await store.snapshot()).marks.map(({ id }) => id)).toEqual(['m3']);
});

test('a save that fails leaves the marks of the night', async () => {
  const store = await DiaryStore.open('u1');
  await store.changeMarks(() => [marked]);
  const unstorable = aNight(date, { note: (() => 'a function') as unknown as string });
  await expect(store.record(unstorable, null, ['m1'])).rejects.toThrow(/could not be cloned/);
  const { marks, nights, outbox } = await store.snapshot();
  expect([marks.length, nights.size, outbox.size]).toEqual([1, 0, 0]);
});

test('a night left unrecorded is remembered on this phone', async () => {
  const store = await DiaryStore.open('u1');
  await store.leaveNight(date);
  await store.leaveNight('2026-11-01');
  expect((await store.snapshot()).left).toEqual([date, '2026-11-01']);
});
