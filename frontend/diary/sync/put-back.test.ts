import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { createApi, type Api } from '../../shared/api/client';
import { aNight } from '../../test/nights';
import { FakeServer } from '../../test/server';
import { DiaryStore } from '../store/store';
import { drain } from './drain';
import { pull } from './pull';

let server: FakeServer;
let api: Api;
let store: DiaryStore;

const dates = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => `2026-10-${String(from + n).padStart(2, '0')}`);
const send = () => drain(store, api, () => server.now);
const told = async () => (await store.meta('told')) ?? [];

async function round(): Promise<void> {
  do {
    await send();
    await pull(store, api);
  } while ((await send()).kind === 'more');
}

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  server = new FakeServer();
  api = createApi({ origin: server.origin, fetch: server.fetch });
  store = await DiaryStore.open('user-1');
});

test('a counter that fell behind the cursor brings everything back', async () => {
  await store.record(aNight('2026-10-01'), null);
  await round();
  const putBack = server.copy();
  await store.record(aNight('2026-10-02', { note: 'lost' }), null);
  await round();
  putBack();
  await round();
  expect([...server.nights.keys()].sort()).toEqual(dates(1, 2));
  expect(server.nights.get('2026-10-02')?.night.note).toBe('lost');
});

test('a counter that unsent nights overtake before the phone asks hides nothing', async () => {
  await round();
  const putBack = server.copy();
  for (const date of dates(1, 3)) await store.record(aNight(date), null);
  await round();
  putBack();
  for (const date of dates(4, 7)) await store.record(aNight(date), null);
  await round();
  expect([...server.nights.keys()].sort()).toEqual(dates(1, 7));
});

test('a change that the phone was told of and has not fetched yet counts too', async () => {
  await round();
  const putBack = server.copy();
  await store.record(aNight('2026-10-01'), null);
  await send();
  putBack();
  server.store(aNight('2026-10-02'));
  server.store(aNight('2026-10-03'));
  await round();
  expect([...server.nights.keys()].sort()).toEqual(dates(1, 3));
});

test('a night stored earlier, its answer lost, counts from the answer to the second try', async () => {
  await round();
  await store.record(aNight('2026-10-01'), null);
  server.after = (request, response) => {
    if (request.method === 'PUT') throw new TypeError('the answer is lost');
    return response;
  };
  await send();
  server.after = (_request, response) => response;
  await store.forgetDelays();
  await send();
  expect((await store.snapshot()).outbox.size).toBe(0);
  expect(await told()).toHaveLength(1);
});

test('what a refused change learned of the server counts, also where it gave way', async () => {
  await store.record(aNight('2026-10-01', { edited_at: '2026-10-02T07:00:00.000Z' }), null);
  await round();
  const putBack = server.copy();
  const mine = server.nights.get('2026-10-01')!.night;
  server.store({ ...mine, note: 'theirs', edited_at: '2026-10-02T09:00:00.000Z' });
  await store.record({ ...mine, note: 'mine', edited_at: '2026-10-02T08:00:00.000Z' }, mine);
  await send();
  expect((await store.snapshot()).nights.get('2026-10-01')?.night.note).toBe('theirs');
  putBack();
  for (const date of dates(2, 4)) server.store(aNight(date));
  await round();
  expect(server.nights.get('2026-10-01')?.night.note).toBe('theirs');
});

test('a fetch that found everything forgets all but the newest change', async () => {
  for (const date of dates(1, 3)) await store.record(aNight(date), null);
  await send();
  expect(await told()).toHaveLength(3);
  await pull(store, api);
  expect(await told()).toHaveLength(1);
  const asked = server.requests.length;
  await pull(store, api);
  expect(server.requests.length).toBe(asked + 1);
});

test('more nights than one question can name are sent with questions in between', async () => {
  await round();
  for (let n = 0; n < 120; n++) await store.record(aNight(new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10)), null);
  await round();
  expect(server.nights.size).toBe(120);
  expect((await store.snapshot()).outbox.size).toBe(0);
  expect(server.epoch).toBe('epoch-1');
});

test('a copy put back between two pages of a beginning is begun anew', async () => {
  server.pageSize = 2;
  for (const date of dates(1, 3)) server.store(aNight(date));
  const putBack = server.copy();
  for (const date of dates(4, 6)) server.store(aNight(date));
  let pages = 0;
  server.before = (request) => {
    if (request.method === 'GET' && new URL(request.url).pathname === '/api/nights' && ++pages === 3) putBack();
    return undefined;
  };
  await pull(store, api);
  expect([...(await store.snapshot()).nights.keys()].sort()).toEqual(dates(1, 3));
  expect(await store.meta('epoch')).toBe(server.epoch);
});
