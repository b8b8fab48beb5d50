import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createApi } from '../../shared/api/client';
import { aNight } from '../../test/nights';
import { FakeServer } from '../../test/server';
import { DiaryStore } from '../store/store';
import { withSessionLock } from './lock';
import { startSync, type Sync } from './sync';

const date = '2026-11-03';
const page = new EventTarget();
let server: FakeServer;
let store: DiaryStore;
let sync: Sync;

function start(onSignedIn = vi.fn()): Sync {
  const api = createApi({ origin: server.origin, fetch: server.fetch });
  return startSync({ store, api, onSignedIn, onRound: () => undefined });
}

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  server = new FakeServer();
  store = await DiaryStore.open('user-1');
  sync = start();
});

afterEach(() => {
  sync.stop();
  vi.unstubAllGlobals();
});

test('a round sends what waits and fetches what is new', async () => {
  server.store(aNight('2026-11-01'));
  await store.record(aNight(date), null);
  await sync.run();
  expect(sync.connection.value).toBe('ok');
  expect(server.nights.has(date)).toBe(true);
  expect((await store.snapshot()).nights.has('2026-11-01')).toBe(true);
});

test('one user’s entries are never sent as another', async () => {
  const onSignedIn = vi.fn();
  sync.stop();
  sync = start(onSignedIn);
  server.userId = 'user-2';
  server.store(aNight('2026-11-01', { note: 'someone else’s' }));
  await store.record(aNight(date), null);
  await sync.run();
  expect(sync.connection.value).toBe('signed_out');
  expect(server.sent('PUT')).toEqual([]);
  expect(onSignedIn).not.toHaveBeenCalled();
  expect([...(await store.snapshot()).nights.keys()]).toEqual([date]);
});

test('an expired session and a missing network are told apart, and neither loses the entry', async () => {
  await store.record(aNight(date), null);
  server.userId = null;
  await sync.run();
  expect(sync.connection.value).toBe('signed_out');
  server.before = () => {
    throw new TypeError('offline');
  };
  await sync.run();
  expect(sync.connection.value).toBe('offline');
  expect((await store.snapshot()).outbox.size).toBe(1);
});

test('when the network returns, what was backing off goes out at once', async () => {
  server.before = (request) => (request.method === 'PUT' ? server.problem(503, 'internal') : undefined);
  await store.record(aNight(date), null);
  await sync.run();
  expect(sync.connection.value).toBe('trouble');
  server.before = () => undefined;
  page.dispatchEvent(new Event('online'));
  await vi.waitFor(() => expect(server.nights.has(date)).toBe(true));
});

test('coming to the foreground fetches what other devices changed', async () => {
  server.store(aNight(date));
  document.dispatchEvent(new Event('visibilitychange'));
  await vi.waitFor(async () => expect((await store.snapshot()).nights.has(date)).toBe(true));
});

test('a Retry-After is obeyed whatever asks for a round', async () => {
  server.before = (request) => (request.method === 'PUT' ? server.problem(429, 'rate-limited', {}, { 'Retry-After': '60' }) : undefined);
  await store.record(aNight(date), null);
  await sync.run();
  await store.makeDue();
  await sync.run();
  expect(server.sent('PUT')).toHaveLength(1);
});

test('an entry saved during a round goes out in the next one, which follows by itself', async () => {
  let once = true;
  server.before = async (request) => {
    if (once && new URL(request.url).pathname === '/api/nights') {
      once = false;
      await store.record(aNight('2026-11-02'), null);
      void sync.run();
    }
    return undefined;
  };
  await store.record(aNight(date), null);
  await sync.run();
  expect([...server.nights.keys()].sort()).toEqual(['2026-11-02', date]);
});

test('signing in or out waits until entries on their way have arrived', async () => {
  const order: string[] = [];
  server.after = (request, response) => {
    if (request.method === 'PUT') order.push('stored');
    return response;
  };
  await store.record(aNight(date), null);
  const round = sync.run();
  await withSessionLock(async () => void order.push('session changed'));
  await round;
  expect(order).toEqual(['stored', 'session changed']);
});

test('a stopped exchange asks for nothing more', async () => {
  sync.stop();
  await sync.run();
  page.dispatchEvent(new Event('online'));
  expect(server.requests).toEqual([]);
});

const cutOff = (type: string) => {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"epoch":'));
      controller.error(new TypeError('terminated'));
    },
  });
  return new Response(body, { headers: { 'Content-Type': type } });
};

test('an answer cut off on its way counts as no connection', async () => {
  server.before = (request) => (request.url.includes('/api/nights') ? cutOff('application/json') : undefined);
  await sync.run();
  expect(sync.connection.value).toBe('offline');
});

test('JSON cut short by a proxy counts as trouble, and the next round goes well', async () => {
  server.before = (request) => (request.url.includes('/api/nights') ? new Response('{"epoch":', { headers: { 'Content-Type': 'application/json' } }) : undefined);
  await sync.run();
  expect(sync.connection.value).toBe('trouble');
  server.before = () => undefined;
  await sync.run();
  expect(sync.connection.value).toBe('ok');
});

test('an error of the program itself is not kept quiet, and does not end the exchange', async () => {
  const broken = vi.spyOn(store, 'adoptEpoch').mockRejectedValueOnce(new RangeError('a mistake'));
  await expect(sync.run()).rejects.toThrow('a mistake');
  broken.mockRestore();
  await sync.run();
  expect(sync.connection.value).toBe('ok');
});

test('a phone clock that is wrong by a day is noticed', async () => {
  sync.stop();
  const api = createApi({ origin: server.origin, fetch: server.fetch });
  sync = startSync({ store, api, now: () => server.now + 86_400_000, onSignedIn: vi.fn(), onRound: () => undefined });
  await sync.run();
  expect(sync.clockAhead.value).toBe(86_400_000);
});

test('a phone that refuses to read or write is told as that, and not as a server', async () => {
  await store.record(aNight(date), null);
  const refused = vi.spyOn(store, 'waitingRows').mockRejectedValueOnce(new DOMException('refused', 'UnknownError'));
  await sync.run();
  expect(refused).toHaveBeenCalledOnce();
  expect(sync.connection.value).toBe('phone');
  await sync.run();
  expect(sync.connection.value).toBe('ok');
  expect(server.nights.has(date)).toBe(true);
});
