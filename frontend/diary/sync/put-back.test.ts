import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { createApi, type Api } from '../../shared/api/client';
import type { Night } from '../../shared/api/types';
import { aCramp, aNight } from '../../test/nights';
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

const date = '2026-10-01';
const at = (minute: number) => `2026-10-02T07:${String(minute).padStart(2, '0')}:00.000Z`;
const history = () => server.history.get(date)?.map(({ action, new: version }) => [action, version.note, version.stockings_day]);

/** The phone and the server know a night, and a copy is taken of the server; then the phone corrects it. */
async function correctedSinceTheCopy(): Promise<() => void> {
  await store.record(aNight(date, { note: 'first', cramps: [aCramp('a')], edited_at: at(0) }), null);
  await round();
  const putBack = server.copy();
  await change({ note: 'corrected', cramps: [], edited_at: at(1) });
  await round();
  return putBack;
}

async function change(answers: Partial<Night>): Promise<void> {
  const { night } = (await store.snapshot()).nights.get(date)!;
  await store.record({ ...night, ...answers }, night);
}

test('a correction that a restored server lost and one made elsewhere since are put together', async () => {
  const putBack = await correctedSinceTheCopy();
  putBack();
  server.store({ ...server.nights.get(date)!.night, stockings_day: true, edited_at: at(2) });
  await round();
  expect(server.nights.get(date)?.night).toMatchObject({ note: 'corrected', cramps: [], stockings_day: true });
});

test('what was corrected unsent on top of a lost correction takes nothing of that back', async () => {
  const putBack = await correctedSinceTheCopy();
  await change({ stockings_day: false, edited_at: at(3) });
  putBack();
  await round();
  expect(server.nights.get(date)?.night).toMatchObject({ note: 'corrected', cramps: [], stockings_day: false });
  expect(history()).toContainEqual(['recorded', 'corrected', null]);
});

test('a lost correction beneath an unsent one goes into the history also where something newer stands', async () => {
  const putBack = await correctedSinceTheCopy();
  await change({ stockings_day: false, edited_at: at(3) });
  putBack();
  server.store({ ...server.nights.get(date)!.night, awake_min: 20, edited_at: at(2) });
  await round();
  expect(server.nights.get(date)?.night).toMatchObject({ note: 'corrected', cramps: [], stockings_day: false, awake_min: 20 });
  expect(history()).toContainEqual(['refused', 'corrected', null]);
});

test('a night that the copy does not know comes back with its first version', async () => {
  await round();
  const putBack = server.copy();
  await store.record(aNight(date, { note: 'first', edited_at: at(0) }), null);
  await round();
  await change({ stockings_day: true, edited_at: at(1) });
  putBack();
  await round();
  expect(server.nights.get(date)?.night).toMatchObject({ note: 'first', stockings_day: true });
  expect(history()).toEqual([['recorded', 'first', true], ['refused', 'first', null]]);
});
