import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { ApiProblem, NoConnection, type Api, type Problem } from '../../shared/api/client';
import type { Hold } from '../../shared/api/types';
import { aNight } from '../../test/nights';
import { firstDay } from '../first-day';
import { DiaryStore } from '../store/store';
import { standingIn } from './copy';
import { refreshHolds } from './refresh';

let store: DiaryStore;
/** What the server knows, and what it was told. */
let known: Hold[];
let told: [string, unknown][];
let refusal: number | 'offline' | null;

const hold = (code: string, night_date: string | null, ended: Hold['ended'] = null): Hold => ({ night_date, code: code as Hold['code'], since: night_date ?? '2026-11-03', told_at: '2026-11-04T07:00:00Z', ends: [], ended });

const api = {
  GET: () => (refusal === 'offline' ? Promise.reject(new NoConnection()) : Promise.resolve({ data: { holds: known } })),
  POST: (path: string, { body }: { body: { night_date: string; code: string; signs?: { night_date: string | null; code: string }[]; how: 'gone'; on: string } }) => {
    told.push([path, body]);
    if (typeof refusal === 'number') return Promise.reject(new ApiProblem({ type: '/problems/conflict', title: 'no', status: refusal } as Problem, new Response(null, { status: refusal })));
    if (!body.signs) known = [...known, hold(body.code, body.night_date)];
    else known = known.map((each) => (body.signs?.some(({ code }) => code === each.code) ? { ...each, ended: { how: body.how, on: body.on, told_at: '2026-11-05T07:00:00Z' } } : each));
    return Promise.resolve({ data: { holds: known } });
  },
} as unknown as Api;

const standing = async () => standingIn((await store.snapshot()).holds!).map(({ code }) => code);
const night = aNight('2026-11-03', { problems: ['numb'] });
const sent = async () => {
  const row = (await store.row('2026-11-03'))!;
  await store.settle(row, row.body && { night: row.body, etag: '"1"' });
};

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await DiaryStore.open('user-1');
  [known, told, refusal] = [[], [], null];
  firstDay.value = null;
});

test('a sign told on another phone arrives, and one that has ended there goes', async () => {
  known = [hold('pain', '2026-11-03'), hold('skin', '2026-11-02', { how: 'gone', on: '2026-11-03', told_at: '2026-11-03T08:00:00Z' })];
  await refreshHolds(api, store);
  expect(await standing()).toEqual(['pain']);
  known = [];
  await refreshHolds(api, store);
  expect(await standing()).toEqual([]);
});

test('a sign stands before its night is sent, and is the server\'s once it is', async () => {
  await store.record(night, null);
  await refreshHolds(api, store);
  expect([await standing(), told]).toEqual([['numb'], []]);
  await sent();
  known = [hold('numb', '2026-11-03')];
  await refreshHolds(api, store);
  expect([await standing(), told, (await store.snapshot()).holds?.raised]).toEqual([['numb'], [], []]);
});

test('a sign whose night was corrected before it was sent is told by itself', async () => {
  await store.record(night, null);
  await store.record({ ...night, problems: [], edited_at: '2026-11-04T08:00:00.000Z' }, night);
  await sent();
  await refreshHolds(api, store);
  expect(told).toEqual([['/api/holds', { night_date: '2026-11-03', code: 'numb' }]]);
  await refreshHolds(api, store);
  expect([told.length, await standing()]).toEqual([1, ['numb']]);
});

test('an end goes out after the night it is about, once', async () => {
  await store.record(night, null);
  await store.endHolds([{ night_date: '2026-11-03', code: 'numb', how: 'asked', on: '2026-11-05' }]);
  await refreshHolds(api, store);
  expect([told, await standing()]).toEqual([[], []]);
  await sent();
  known = [hold('numb', '2026-11-03')];
  await refreshHolds(api, store);
  await refreshHolds(api, store);
  expect(told).toEqual([['/api/holds/ends', { signs: [{ night_date: '2026-11-03', code: 'numb' }], how: 'asked', on: '2026-11-05' }]]);
  expect(await standing()).toEqual([]);
});

test.each([404, 409, 422])('an end that the server refuses with %i ends nothing', async (status) => {
  known = [hold('numb', '2026-11-03')];
  await refreshHolds(api, store);
  await store.endHolds([{ night_date: '2026-11-03', code: 'numb', how: 'gone', on: '2026-11-05' }]);
  expect(await standing()).toEqual([]);
  refusal = status;
  await refreshHolds(api, store);
  expect([await standing(), (await store.snapshot()).holds?.ends]).toEqual([['numb'], []]);
});

test('without a connection, or while the server is in trouble, what was said waits', async () => {
  known = [hold('pain', '2026-11-03')];
  await refreshHolds(api, store);
  await store.endHolds([{ night_date: '2026-11-03', code: 'pain', how: 'gone', on: '2026-11-05' }]);
  for (const trouble of ['offline', 503] as const) {
    refusal = trouble;
    await expect(refreshHolds(api, store)).rejects.toThrow();
    expect(await standing()).toEqual([]);
  }
  refusal = null;
  await refreshHolds(api, store);
  expect(known[0]?.ended?.how).toBe('gone');
});

test('what is said while the server answers waits for the next round', async () => {
  known = [hold('pain', '2026-11-03'), hold('skin', '2026-11-03')];
  await refreshHolds(api, store);
  const slow = { ...api, GET: async () => {
    await store.endHolds([{ night_date: '2026-11-03', code: 'skin', how: 'gone', on: '2026-11-05' }]);
    return { data: { holds: known } };
  } } as unknown as Api;
  await refreshHolds(slow, store);
  expect([await standing(), told]).toEqual([['pain'], []]);
  await refreshHolds(api, store);
  expect(told).toHaveLength(1);
});

test('answers to the safety screen that wait on this phone keep their sign until they are sent', async () => {
  await store.changeHolds((holds) => ({ ...holds, raised: [{ night_date: null, code: 'red_flag', since: '2026-11-04' }] }));
  firstDay.value = { done: [], later: [], waiting: ['safety'] };
  await refreshHolds(api, store);
  expect(await standing()).toEqual(['red_flag']);
  firstDay.value = { done: ['safety'], later: [], waiting: [] };
  known = [hold('red_flag', null)];
  await refreshHolds(api, store);
  expect(await standing()).toEqual(['red_flag']);
});
