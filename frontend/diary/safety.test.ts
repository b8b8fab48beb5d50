import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import type { Api } from '../shared/api/client';
import { firstDay } from './first-day';
import { keepSafety, learnSafety, refreshSafety, safety } from './safety';
import { DiaryStore } from './store/store';

let store: DiaryStore;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await DiaryStore.open('user-1');
  firstDay.value = null;
  safety.value = null;
});

const answering = (outcome: string, meanwhile: () => Promise<void> = () => Promise.resolve()) =>
  ({ GET: () => meanwhile().then(() => ({ data: { outcome } })) }) as unknown as Api;

test('an answer given on another phone arrives with a round and is known without a connection', async () => {
  await refreshSafety(answering('blocked'), store);
  expect([safety.value, await store.meta('safety')]).toEqual(['blocked', 'blocked']);
  expect(await store.meta('known:safety')).toEqual({ outcome: 'blocked' });
  await refreshSafety(answering('free'), store);
  expect(safety.value).toBe('free');
});

test('answers that wait to be sent count more than what the server knows', async () => {
  await keepSafety(store, 'blocked');
  firstDay.value = { done: [], later: [], waiting: ['safety'] };
  await learnSafety(store, { outcome: 'free' });
  expect([safety.value, await store.meta('safety')]).toEqual(['blocked', 'blocked']);
});

test('what is answered while the server is asked is not undone by its older answer', async () => {
  await refreshSafety(answering('free', () => keepSafety(store, 'blocked')), store);
  expect(safety.value).toBe('blocked');
});
