import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createApi, type Api } from '../../shared/api/client';
import { aNight } from '../../test/nights';
import { FakeServer } from '../../test/server';
import { DiaryStore } from '../store/store';
import { drain, refusedWait } from './drain';
import { startSync, type Sync } from './sync';

const date = '2026-11-03';
const minute = 60_000;
const errors = [{ pointer: '/night_date', detail: 'Must not be later than 2026-11-01: that night has not begun.' }];
const page = new EventTarget();
const shown = Object.assign(new EventTarget(), { visibilityState: 'visible' });
let server: FakeServer;
let api: Api;
let store: DiaryStore;
let sync: Sync;
let now: number;

const send = () => drain(store, api, () => now);
const start = () => startSync({ store, api, now: () => now, onSignedIn: () => undefined, onRound: () => undefined });

/** The server’s clock is behind: to it the night is still to come. */
function setBack(isBehind: boolean, reason: string | undefined = 'not_begun'): void {
  server.before = (request) => (isBehind && request.method === 'PUT' ? server.problem(422, 'validation', { errors, ...(reason && { reason }) }) : undefined);
}

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  vi.stubGlobal('document', shown);
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  server = new FakeServer();
  api = createApi({ origin: server.origin, fetch: server.fetch });
  store = await DiaryStore.open('user-1');
  now = server.now;
  sync = start();
  await store.record(aNight(date), null);
  setBack(true);
});

afterEach(() => {
  sync.stop();
  vi.unstubAllGlobals();
});

test('a night that has not begun for the server needs attention, and is tried again when its time has come', async () => {
  expect(await send()).toEqual({ kind: 'empty', retryAt: now + 5 * minute });
  expect(await store.row(date)).toMatchObject({ state: 'needs_attention', refusal: { status: 422, reason: 'not_begun' } });
  setBack(false);
  now += 5 * minute - 1;
  expect(await send()).toEqual({ kind: 'empty', retryAt: now + 1 });
  expect(server.nights.has(date)).toBe(false);
  now += 1;
  expect(await send()).toEqual({ kind: 'empty' });
  expect(server.nights.has(date)).toBe(true);
  expect((await store.snapshot()).outbox.size).toBe(0);
});

test('the waits grow from minutes to an hour, and never beyond', async () => {
  expect([0, 1, 2, 3, 4, 5, 50].map(refusedWait)).toEqual([5, 10, 20, 40, 60, 60, 60].map((each) => each * minute));
  let waited = 0;
  for (let tries = 0; tries < 8; tries++) {
    const { retryAt } = (await send()) as { retryAt: number };
    expect(retryAt - now).toBeGreaterThanOrEqual(waited);
    waited = retryAt - now;
    now = retryAt;
  }
  expect(waited).toBe(60 * minute);
});

test('failures of the network before the refusal do not count as tries of it', async () => {
  server.before = () => server.problem(503, 'internal');
  for (let tries = 0; tries < 6; tries++) {
    await send();
    await store.forgetDelays();
  }
  setBack(true);
  expect(await send()).toEqual({ kind: 'empty', retryAt: now + 5 * minute });
});

test('while it waits, other nights go out and the connection is good', async () => {
  await sync.run();
  expect(sync.connection.value).toBe('ok');
  setBack(false);
  await store.record(aNight('2026-11-02'), null);
  await sync.run();
  expect([...server.nights.keys()]).toEqual(['2026-11-02']);
  expect(sync.connection.value).toBe('ok');
});

test.each([
  ['the app starts', () => ((sync = start()), sync.run())],
  ['the app comes to the foreground', () => shown.dispatchEvent(new Event('visibilitychange'))],
  ['the network returns', () => page.dispatchEvent(new Event('online'))],
])('it is tried at once when %s', async (_when, happens) => {
  await sync.run();
  setBack(false);
  await sync.run();
  expect(server.nights.size).toBe(0);
  void happens();
  await vi.waitFor(() => expect(server.nights.has(date)).toBe(true));
  await vi.waitFor(async () => expect((await store.snapshot()).outbox.size).toBe(0));
});

test('it is tried by itself while the app stays open', async () => {
  const timers = vi.spyOn(globalThis, 'setTimeout');
  await sync.run();
  setBack(false);
  now += 5 * minute;
  const [timer] = timers.mock.calls.filter(([, delay]) => delay === 5 * minute);
  (timer![0] as () => void)();
  await vi.waitFor(() => expect(server.nights.has(date)).toBe(true));
});

test('a refusal that time does not cure stays until the person decides', async () => {
  setBack(true, '');
  expect(await send()).toEqual({ kind: 'empty' });
  now += 24 * 60 * minute;
  setBack(false);
  await send();
  await sync.run();
  expect(server.nights.size).toBe(0);
});

test('a refusal that an older version of the app kept without its mark is tried once more', async () => {
  await store.refuse((await store.row(date))!, { status: 422, title: 'Some values are not valid', details: ['/night_date: has not begun'] });
  await sync.run();
  expect(await store.row(date)).toMatchObject({ state: 'needs_attention', refusal: { reason: 'not_begun' } });
  await store.refuse((await store.row(date))!, { status: 422, title: 'Some values are not valid', details: [] });
  setBack(true, '');
  now += 60 * minute;
  await send();
  const puts = server.sent('PUT').length;
  now += 60 * minute;
  await send();
  expect(server.sent('PUT')).toHaveLength(puts);
});

test('a night corrected while it is refused goes out as any other', async () => {
  await send();
  setBack(false);
  await store.record(aNight(date, { note: 'corrected' }), aNight(date));
  await send();
  expect(server.nights.get(date)?.night.note).toBe('corrected');
});
