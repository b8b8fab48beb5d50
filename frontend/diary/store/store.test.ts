import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { aCramp, aNight } from '../../test/nights';
import { openDatabase } from './open';
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
  await store.applyFeed({ epoch: 'e', cursor: 1, nights: [server], etags: { [date]: '"1"' }, deleted: [] });
  await store.record({ ...server, note: 'first' }, server);
  const first = await store.row(date);
  await store.applyFeed({ epoch: 'e', cursor: 2, nights: [{ ...server, rls_urge: true }], etags: { [date]: '"2"' }, deleted: [] });
  await store.record({ ...server, note: 'second' }, { ...server, note: 'first' });

  const second = await store.row(date);
  expect(second).toMatchObject({ base: { etag: '"1"' }, queued_at: first?.queued_at, body: { note: 'second' } });
  expect(second?.change).not.toBe(first?.change);
});

test('a form opened before another change arrived does not undo that change', async () => {
  const store = await DiaryStore.open('u1');
  const opened = aNight(date, { stockings_day: true });
  await store.applyFeed({ epoch: 'e', cursor: 1, nights: [opened], etags: { [date]: '"1"' }, deleted: [] });
  await store.applyFeed({ epoch: 'e', cursor: 2, nights: [{ ...opened, note: 'from the tablet' }], etags: { [date]: '"2"' }, deleted: [] });
  await store.record({ ...opened, cramps: [aCramp('c')] }, opened);
  expect((await store.row(date))?.body).toMatchObject({ note: 'from the tablet', cramps: [{ id: 'c' }] });
});

test('saving what is already stored sends nothing', async () => {
  const store = await DiaryStore.open('u1');
  const night = aNight(date, { note: 'same' });
  await store.applyFeed({ epoch: 'e', cursor: 1, nights: [night], etags: { [date]: '"1"' }, deleted: [] });
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
