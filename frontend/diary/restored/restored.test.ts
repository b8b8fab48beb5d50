import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lostKey } from '../../shared/device';
import { aCramp, aNight } from '../../test/nights';
import { databaseName, deleteDatabase } from '../store/open';
import type { Mark } from '../store/schema';
import { DiaryStore } from '../store/store';
import type * as Asking from './ask';
import type * as Deciding from './decide';
import { readOldDiary } from './old-diary';
import { takeOver } from './take-over';

const [old, fresh, other] = ['0', '1', '2'].map((digit) => `${digit.repeat(8)}-0000-4000-8000-${digit.repeat(12)}`) as [string, string, string];
const epoch = '99999999-0000-4000-8000-000000000000';
const dates = ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04'] as const;
const mark: Mark = { id: 'm', night_date: dates[3], onset_local: '2026-11-05T03:00', started_at: 0, stopped: true, duration_min: 3 };

let kept: Map<string, string>;
let answer: { lost: boolean; new_account: boolean } | null;
let asked: unknown[];
let api: typeof import('../api').api;
let found: typeof import('./found');
let signals: typeof import('../session/signals');
let asking: typeof Asking;
let deciding: typeof Deciding;

/** A diary with a sent night, an unsent one, a refused one, a deleted one, one begun and a mark. */
async function anOldDiary(): Promise<DiaryStore> {
  const store = await DiaryStore.open(old);
  const [sent, ...rest] = dates.map((date) => aNight(date, { note: `of ${date}`, edited_at: `${date}T20:00:00.000Z` }));
  await store.adoptEpoch({ epoch, cursor: 1, nights: [sent!], etags: { [dates[0]]: '"1"' }, deleted: [], last_change: null });
  for (const night of rest) await store.record(night, null);
  await store.refuse((await store.row(dates[2]))!, { status: 422, title: '', details: [], reason: null });
  await store.remove(dates[3], '2026-11-05T20:00:00.000Z');
  await store.putMeta(`draft:${dates[3]}`, { night: aNight(dates[3], { note: 'begun' }), opened: null, step: 'details' });
  await store.changeMarks(() => [mark]);
  return store;
}

const take = async (store: DiaryStore) => {
  const found = (await readOldDiary(old))!;
  await store.writeAll((writing) => takeOver(writing, found));
};

/** Opens a diary as the page does, after a round that ended so. */
function isOpen(store: DiaryStore, connection: 'ok' | 'signed_out'): void {
  const sync = { connection: { value: connection }, clockAhead: { value: 0 }, run: () => Promise.resolve(), stop: () => undefined };
  signals.session.value = { store, sync } as never;
}

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  kept = new Map();
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, text: string) => kept.set(key, text), removeItem: (key: string) => kept.delete(key) });
  vi.stubGlobal('location', { origin: 'http://charley.test', pathname: '/' });
  vi.resetModules();
  ({ api } = await import('../api'));
  found = await import('./found');
  signals = await import('../session/signals');
  asking = await import('./ask');
  deciding = await import('./decide');
  answer = { lost: true, new_account: true };
  asked = [];
  vi.spyOn(api, 'POST').mockImplementation(((path: string, { body }: { body: unknown }) => {
    asked.push([path, body]);
    return answer ? Promise.resolve({ data: answer }) : Promise.reject(new Error('offline'));
  }) as never);
});

afterEach(() => vi.unstubAllGlobals());

test('everything a person wrote comes along, each night as it was edited', async () => {
  (await anOldDiary()).close();
  const store = await DiaryStore.open(fresh);
  await take(store);
  const { nights, outbox, marks } = await store.snapshot();
  expect([...nights.keys()]).toEqual(dates.slice(0, 3));
  for (const date of dates.slice(0, 3)) {
    expect(outbox.get(date)).toMatchObject({ state: 'waiting', refusal: null, base: null, earlier: [], body: { note: `of ${date}`, edited_at: `${date}T20:00:00.000Z` } });
  }
  expect(marks).toEqual([mark]);
  expect(await store.meta(`draft:${dates[3]}`)).toMatchObject({ night: { note: 'begun' } });
  expect(await store.meta('epoch')).toBeUndefined();
  expect(await store.meta('cursor')).toBeUndefined();
});

test('taken over twice, nothing is doubled, and what changed since stays', async () => {
  (await anOldDiary()).close();
  const store = await DiaryStore.open(fresh);
  await take(store);
  const row = (await store.row(dates[0]))!;
  await store.settle(row, { night: row.body!, etag: '"9"' });
  await store.record({ ...row.body!, note: 'corrected' }, row.body);
  const before = await store.snapshot();
  await take(store);
  expect(await store.snapshot()).toEqual(before);
});

test('a transaction that fails leaves both diaries as they were', async () => {
  (await anOldDiary()).close();
  const store = await DiaryStore.open(fresh);
  const found = (await readOldDiary(old))!;
  await expect(store.writeAll(async (writing) => {
    await takeOver(writing, found);
    throw new Error('the phone died');
  })).rejects.toThrow('the phone died');
  expect(await store.snapshot()).toMatchObject({ nights: new Map(), outbox: new Map(), marks: [] });
  expect(await store.meta('taken')).toBeUndefined();
  expect(await readOldDiary(old)).toEqual(found);
});

test('a night that the new diary has, too, shows both, and is queued as it was so that the server keeps it', async () => {
  (await anOldDiary()).close();
  const store = await DiaryStore.open(fresh);
  const there = aNight(dates[0], { cramps: [aCramp('c')], rls_urge: true, edited_at: '2026-11-10T20:00:00.000Z' });
  await store.adoptEpoch({ epoch: 'e', cursor: 1, nights: [there], etags: { [dates[0]]: '"5"' }, deleted: [], last_change: null });
  await take(store);
  const { nights, outbox } = await store.snapshot();
  expect(nights.get(dates[0])).toMatchObject({ combined: true, night: { note: `of ${dates[0]}`, rls_urge: true, cramps: [{ id: 'c' }] } });
  expect(outbox.get(dates[0])).toMatchObject({ base: null, body: { note: `of ${dates[0]}`, cramps: [] } });
});

test('a night that waits in the new diary, too, goes out as one', async () => {
  (await anOldDiary()).close();
  const store = await DiaryStore.open(fresh);
  await store.record(aNight(dates[0], { rls_urge: true, note: 'newer', edited_at: '2026-11-10T20:00:00.000Z' }), null);
  await take(store);
  expect((await store.row(dates[0]))?.body).toMatchObject({ note: 'newer', rls_urge: true });
  expect((await store.snapshot()).outbox.size).toBe(3);
});

test('the same night in both is not queued again', async () => {
  const first = await anOldDiary();
  const night = (await first.snapshot()).nights.get(dates[0])!.night;
  first.close();
  const store = await DiaryStore.open(fresh);
  await store.adoptEpoch({ epoch: 'e', cursor: 1, nights: [night], etags: { [dates[0]]: '"5"' }, deleted: [], last_change: null });
  await take(store);
  expect((await store.snapshot()).outbox.has(dates[0])).toBe(false);
});

test('a stop sign of a night that comes along stands at once', async () => {
  const first = await DiaryStore.open(old);
  await first.record(aNight(dates[0], { problems: ['numb'] }), null);
  first.close();
  const store = await DiaryStore.open(fresh);
  await take(store);
  expect((await store.snapshot()).holds?.raised).toMatchObject([{ night_date: dates[0], code: 'numb' }]);
});

test('the phone asks with its account and its epoch, and remembers that the account is lost', async () => {
  isOpen(await anOldDiary(), 'signed_out');
  await asking.ask();
  expect(asked).toEqual([['/api/restored', { account: old, epoch }]]);
  expect(found.lostHere.value).toMatchObject({ account: old, nights: 3, first: dates[0], last: dates[2] });
  expect(kept.get(lostKey)).toBe(old);
  expect(signals.isLost.value).toBe(true);
});

test.each([
  ['a known or deleted account', { lost: false, new_account: false }],
  ['no answer', null],
])('%s is not told to be lost', async (_what, given) => {
  answer = given;
  isOpen(await anOldDiary(), 'signed_out');
  await asking.ask();
  expect(found.lostHere.value).toBeNull();
  expect(kept.has(lostKey)).toBe(false);
});

test('a phone that never saw the server has nothing to ask', async () => {
  isOpen(await DiaryStore.open(old), 'signed_out');
  await asking.ask();
  expect(asked).toEqual([]);
});

test('without an answer the phone still knows what it was told; with the account back it does not', async () => {
  const store = await anOldDiary();
  isOpen(store, 'signed_out');
  await asking.ask();
  answer = null;
  await asking.ask();
  expect(found.lostHere.value).not.toBeNull();
  answer = { lost: false, new_account: false };
  await asking.ask();
  expect(found.lostHere.value).toBeNull();
  expect(kept.has(lostKey)).toBe(false);
});

/** The old diary was found lost while it was open; now somebody else is signed in. */
async function lostBefore(): Promise<DiaryStore> {
  const before = await anOldDiary();
  isOpen(before, 'signed_out');
  await asking.ask();
  before.close();
  const store = await DiaryStore.open(fresh);
  isOpen(store, 'ok');
  asked = [];
  return store;
}

test('nights of the lost diary are offered to a new account, taken once, and then gone from the old one', async () => {
  const store = await lostBefore();
  await asking.ask();
  expect(signals.offered.value).toMatchObject({ account: old, nights: 3 });
  await deciding.takeThem();
  expect((await store.snapshot()).outbox.size).toBe(3);
  expect(signals.offered.value).toBeNull();
  await vi.waitFor(async () => expect(await readOldDiary(old)).toBeNull());
  await vi.waitFor(() => expect(kept.has(lostKey)).toBe(false));
  expect((await indexedDB.databases()).map(({ name }) => name)).toEqual([databaseName(fresh)]);
});

test('a phone that died before the old diary was gone removes it at the next start, and asks nobody', async () => {
  const store = await lostBefore();
  await take(store);
  kept.set(lostKey, `${old} ${fresh}`);
  signals.lost.value = `${old} ${fresh}`;
  const elsewhere = await DiaryStore.open(other);
  isOpen(elsewhere, 'ok');
  await asking.ask();
  expect([asked, signals.offered.value]).toEqual([[], null]);
  expect(await readOldDiary(old)).not.toBeNull();
  isOpen(store, 'ok');
  await asking.ask();
  await vi.waitFor(async () => expect(await readOldDiary(old)).toBeNull());
  expect([asked, signals.offered.value]).toEqual([[], null]);
});

test('a phone that died before anything was taken over asks the same person again', async () => {
  await lostBefore();
  signals.lost.value = `${old} ${fresh}`;
  await asking.ask();
  expect(signals.offered.value).toMatchObject({ account: old });
});

test('what is not theirs stays untouched, and is asked of another account only', async () => {
  const store = await lostBefore();
  const before = await readOldDiary(old);
  await asking.ask();
  await deciding.leaveThem();
  await asking.ask();
  expect(signals.offered.value).toBeNull();
  expect((await store.snapshot()).outbox.size).toBe(0);
  expect(await readOldDiary(old)).toEqual(before);
  isOpen(await DiaryStore.open(other), 'ok');
  await asking.ask();
  expect(signals.offered.value).toMatchObject({ account: old });
});

test.each([
  ['the account is older than the restore', { lost: true, new_account: false }],
  ['the lost account is back', { lost: false, new_account: true }],
  ['nothing can be asked', null],
])('nothing is offered where %s', async (_why, given) => {
  await lostBefore();
  answer = given;
  await asking.ask();
  expect(signals.offered.value).toBeNull();
});

test('a diary that was never found lost is offered to nobody', async () => {
  (await anOldDiary()).close();
  isOpen(await DiaryStore.open(fresh), 'ok');
  await asking.ask();
  await asking.look(fresh);
  expect([asked, signals.offered.value]).toEqual([[], null]);
});

test('a diary that is no more is not offered, and not made by asking', async () => {
  await lostBefore();
  await deleteDatabase(old);
  await asking.ask();
  expect(signals.offered.value).toBeNull();
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(databaseName(old));
});
