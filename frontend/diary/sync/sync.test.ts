import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { createApi, type Api } from '../../shared/api/client';
import { aCramp, aNight } from '../../test/nights';
import { FakeServer } from '../../test/server';
import { DiaryStore } from '../store/store';
import { backoff, drain } from './drain';
import { pull } from './pull';

const date = '2026-11-03';
const html = (status: number) => new Response('<h1>Welcome to the hotel</h1>', { status, headers: { 'Content-Type': 'text/html' } });

let server: FakeServer;
let api: Api;
let store: DiaryStore;
let now: number;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  server = new FakeServer();
  api = createApi({ origin: server.origin, fetch: server.fetch });
  store = await DiaryStore.open('user-1');
  now = server.now;
});

const send = () => drain(store, api, () => now);
const onPut = (answer: () => Response) => (request: Request) => (request.method === 'PUT' ? answer() : undefined);

test('a new night is stored once and leaves the outbox', async () => {
  await store.record(aNight(date, { note: 'x' }), null);
  expect(await send()).toEqual({ kind: 'empty' });
  expect(server.nights.get(date)?.night.note).toBe('x');
  expect((await store.snapshot()).outbox.size).toBe(0);
  await send();
  expect(server.sent('PUT')).toHaveLength(1);
});

test('nights go out oldest first', async () => {
  for (const each of ['2026-11-05', '2026-11-01', '2026-11-03']) {
    await store.record(aNight(each), null);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await send();
  expect(server.sent('PUT').map((line) => line.slice(-10))).toEqual(['2026-11-05', '2026-11-01', '2026-11-03']);
});

test('a correction carries the ETag of the copy it was made on', async () => {
  await store.record(aNight(date), null);
  await send();
  const etag = server.nights.get(date)?.etag;
  const { nights } = await store.snapshot();
  const night = nights.get(date)!.night;
  await store.record({ ...night, note: 'late thought', edited_at: '2026-11-04T07:30:00.000Z' }, night);
  await send();
  expect(server.requests.at(-1)).toMatchObject({ method: 'PUT', ifMatch: etag });
  expect(server.nights.get(date)?.night.note).toBe('late thought');
});

test.each([500, 502, 503, 408, 429])('status %i keeps the entry and backs off', async (status) => {
  server.before = onPut(() => server.problem(status, 'internal'));
  await store.record(aNight(date), null);
  expect(await send()).toMatchObject({ kind: 'waiting', retryAt: now + backoff(0) });
  expect(await store.row(date)).toMatchObject({ state: 'waiting', attempts: 1 });

  server.before = () => undefined;
  await send();
  expect(server.nights.size).toBe(0);
  now += backoff(0);
  await send();
  expect(server.nights.size).toBe(1);
});

test('Retry-After is obeyed and stops the other entries too', async () => {
  server.before = onPut(() => server.problem(429, 'rate-limited', {}, { 'Retry-After': '120' }));
  await store.record(aNight(date), null);
  await store.record(aNight('2026-11-02'), null);
  expect(await send()).toEqual({ kind: 'waiting', retryAt: now + 120_000, notBefore: now + 120_000 });
  expect(server.sent('PUT')).toHaveLength(1);
});

test('one entry the server stumbles over does not hold up the next', async () => {
  server.before = (request) => (request.method === 'PUT' && request.url.endsWith('2026-11-02') ? server.problem(500, 'internal') : undefined);
  await store.record(aNight('2026-11-02'), null);
  await store.record(aNight(date), null);
  await send();
  expect(server.sent('PUT').map((line) => line.slice(-10))).toEqual(['2026-11-02', date]);
  expect([...server.nights.keys()]).toEqual([date]);
});

test('an expired session keeps the entry and asks to sign in', async () => {
  await store.record(aNight(date), null);
  server.userId = null;
  expect(await send()).toEqual({ kind: 'signed_out' });
  expect(await store.row(date)).toMatchObject({ state: 'waiting', attempts: 0 });
});

test('a refused CSRF token is fetched again and the request repeated once', async () => {
  await store.record(aNight(date), null);
  await send();
  server.rotateToken();
  await store.record(aNight('2026-11-02'), null);
  await send();
  expect(server.nights.has('2026-11-02')).toBe(true);
  expect(server.sent('PUT')).toHaveLength(3);
});

test('a token refused twice keeps the entry waiting', async () => {
  server.before = onPut(() => server.problem(400, 'csrf'));
  await store.record(aNight(date), null);
  expect((await send()).kind).toBe('waiting');
  expect(server.sent('PUT')).toHaveLength(2);
});

test('an invalid entry needs attention, says why, and does not hold up other nights', async () => {
  const errors = [{ pointer: '/cramps/0/duration_min', detail: 'must be at most 120' }];
  server.before = (request) => (request.method === 'PUT' && request.url.endsWith(date) ? server.problem(422, 'validation', { errors }) : undefined);
  await store.record(aNight(date), null);
  await store.record(aNight('2026-11-02'), null);
  expect(await send()).toEqual({ kind: 'empty' });
  expect(await store.row(date)).toMatchObject({ state: 'needs_attention', refusal: { status: 422, details: ['/cramps/0/duration_min: must be at most 120'] } });
  expect(server.nights.has('2026-11-02')).toBe(true);
});

test('a 409 needs attention', async () => {
  server.before = onPut(() => server.problem(409, 'conflict'));
  await store.record(aNight(date), null);
  await send();
  expect(await store.row(date)).toMatchObject({ state: 'needs_attention', refusal: { status: 409 } });
});

test('correcting a refused entry sends it again', async () => {
  server.before = onPut(() => server.problem(422, 'validation'));
  await store.record(aNight(date), null);
  await send();
  server.before = () => undefined;
  await store.record(aNight(date, { note: 'fixed' }), aNight(date));
  await send();
  expect(server.nights.get(date)?.night.note).toBe('fixed');
});

test.each([200, 404, 511])('a captive portal that says %i proves nothing', async (status) => {
  server.before = onPut(() => html(status));
  await store.record(aNight(date), null);
  expect((await send()).kind).toBe('waiting');
  expect(await store.row(date)).toMatchObject({ state: 'waiting' });
});

test('JSON that does not echo the night and its edit proves nothing', async () => {
  server.after = (request, response) =>
    request.method === 'PUT' ? Response.json({ ok: true }, { headers: { ETag: '"1"' } }) : response;
  await store.record(aNight(date), null);
  expect((await send()).kind).toBe('waiting');
});

test('a connection dropped before the server saw the entry keeps it', async () => {
  server.before = onPut(() => {
    throw new TypeError('network');
  });
  await store.record(aNight(date), null);
  expect((await send()).kind).toBe('waiting');
  expect(server.nights.size).toBe(0);
});

test('a connection dropped after the server stored the entry ends in one stored night', async () => {
  let drop = true;
  server.after = (request, response) => {
    if (drop && request.method === 'PUT') throw new TypeError('network');
    return response;
  };
  await store.record(aNight(date, { note: 'once' }), null);
  await send();
  drop = false;
  now += backoff(0);
  expect(await send()).toEqual({ kind: 'empty' });
  expect(server.nights.size).toBe(1);
  expect(server.sent('PUT')).toHaveLength(2);
});

test('an answer lost before a further edit does not lose the edit', async () => {
  let drop = true;
  server.after = (request, response) => {
    if (drop && request.method === 'PUT') throw new TypeError('network');
    return response;
  };
  const first = aNight(date, { cramps: [aCramp('a')] });
  await store.record(first, null);
  await send();
  drop = false;
  await store.record({ ...first, cramps: [], note: 'it was a dream', edited_at: '2026-11-04T07:20:00.000Z' }, first);
  await send();
  expect(server.nights.get(date)?.night.note).toBe('it was a dream');
  expect((await store.snapshot()).outbox.size).toBe(0);
});

test('a cramp removed after its answer was lost does not come back', async () => {
  await loseAnswers(() => store.record(aNight(date, { cramps: [aCramp('a'), aCramp('b')], note: 'typed at night' }), null));
  const { night } = (await store.snapshot()).nights.get(date)!;
  await store.record({ ...night, cramps: [aCramp('b')], note: null, edited_at: '2026-11-04T07:20:00.000Z' }, night);
  expect(await send()).toEqual({ kind: 'empty' });
  expect(server.nights.get(date)?.night).toMatchObject({ cramps: [{ id: 'b' }], note: null });
});

test('what another phone took back after my answer was lost stays taken back', async () => {
  const common = await bothKnow();
  const mine = { ...common, rls_urge: true, note: 'mine', edited_at: '2026-11-04T07:10:00.000Z' };
  await loseAnswers(() => store.record(mine, common));
  server.store({ ...mine, note: common.note, edited_at: '2026-11-04T07:15:00.000Z' });
  now += backoff(0);
  expect(await send()).toEqual({ kind: 'empty' });
  expect(server.nights.get(date)?.night).toMatchObject({ rls_urge: true, note: 'common' });
});

test('a night deleted after its answer was lost is deleted on the server, whatever the clocks say', async () => {
  await loseAnswers(() => store.record(aNight(date, { edited_at: '2026-11-04T07:00:00.000Z' }), null));
  await store.remove(date, '2026-11-03T07:00:00.000Z');
  expect(await send()).toEqual({ kind: 'empty' });
  expect(server.nights.size).toBe(0);
});

test('an entry typed while an equal one gives way to the server’s copy does not undo that copy', async () => {
  const common = await bothKnow();
  const mine = { ...common, note: 'the same', edited_at: '2026-11-04T07:10:00.000Z' };
  server.store({ ...common, note: 'the same', stockings_day: true, edited_at: '2026-11-04T07:05:00.000Z' });
  await store.record(mine, common);
  whileLookingBack(() => store.record({ ...mine, rls_urge: true, edited_at: '2026-11-04T07:20:00.000Z' }, mine));
  expect(await send()).toEqual({ kind: 'empty' });
  expect(server.nights.get(date)?.night).toMatchObject({ note: 'the same', stockings_day: true, rls_urge: true });
});

test('an entry put off under a clock that was a day ahead goes out once the clock is right', async () => {
  server.before = onPut(() => server.problem(503, 'internal'));
  now += 86_400_000;
  await store.record(aNight(date), null);
  await send();
  server.before = () => undefined;
  now -= 86_400_000;
  expect(await send()).toEqual({ kind: 'empty' });
  expect(server.nights.size).toBe(1);
});

test('a server that asks for a week is asked again after an hour', async () => {
  server.before = onPut(() => server.problem(503, 'internal', {}, { 'Retry-After': '604800' }));
  await store.record(aNight(date), null);
  expect(await send()).toMatchObject({ retryAt: now + 3_600_000 });
});

test('a row changed while its answer was on the way is sent again', async () => {
  const first = aNight(date, { note: 'first' });
  await store.record(first, null);
  let once = true;
  server.before = async (request) => {
    if (request.method === 'PUT' && once) {
      once = false;
      await store.record({ ...first, note: 'second', edited_at: '2026-11-04T07:10:00.000Z' }, first);
    }
    return undefined;
  };
  expect(await send()).toEqual({ kind: 'empty' });
  expect(server.nights.get(date)?.night.note).toBe('second');
  expect(server.sent('PUT')).toHaveLength(2);
});

/** Sends once while every answer to a PUT gets lost on its way back. */
async function loseAnswers(record: () => Promise<void>) {
  await record();
  server.after = (request, response) => {
    if (request.method === 'PUT') throw new TypeError('network');
    return response;
  };
  await send();
  server.after = (_request, response) => response;
}

/** Does something while a refused change is compared with the night's history. */
function whileLookingBack(act: () => Promise<void>) {
  server.before = async (request) => {
    if (!request.url.endsWith('/history')) return undefined;
    server.before = () => undefined;
    await act();
    return undefined;
  };
}

async function bothKnow(night = aNight(date, { note: 'common', cramps: [aCramp('a')] })) {
  server.store(night);
  await pull(store, api);
  return night;
}

test('a stale correction is merged with the server’s copy and sent again', async () => {
  const common = await bothKnow();
  server.store({ ...common, stockings_night: true, edited_at: '2026-11-04T07:05:00.000Z' });
  await store.record({ ...common, note: 'mine', edited_at: '2026-11-04T07:10:00.000Z' }, common);
  expect(await send()).toEqual({ kind: 'empty' });
  expect(server.nights.get(date)?.night).toMatchObject({ note: 'mine', stockings_night: true });
  expect((await store.snapshot()).nights.get(date)).toMatchObject({ combined: true, night: { note: 'mine', stockings_night: true } });
});

test('a newer copy fetched while a correction waits does not hide the conflict', async () => {
  const common = await bothKnow();
  await store.record({ ...common, note: 'mine', edited_at: '2026-11-04T07:10:00.000Z' }, common);
  server.store({ ...common, rls_urge: true, edited_at: '2026-11-04T07:05:00.000Z' });
  await pull(store, api);
  expect((await store.snapshot()).nights.get(date)?.night.note).toBe('mine');
  await send();
  expect(server.nights.get(date)?.night).toMatchObject({ note: 'mine', rls_urge: true });
});

test('a night deleted elsewhere while a correction waits stays on the phone, and is stored again', async () => {
  const common = await bothKnow();
  await store.record({ ...common, note: 'mine' }, common);
  server.remove(date);
  await pull(store, api);
  expect((await store.snapshot()).nights.get(date)?.night.note).toBe('mine');
  await send();
  expect(server.nights.get(date)?.night.note).toBe('mine');
});

test('a night deleted elsewhere between a refusal and the look at it is stored again', async () => {
  server.store(aNight(date, { stockings_day: true }));
  await store.record(aNight(date, { note: 'mine' }), null);
  server.after = (_request, response) => {
    if (response.status === 428) server.remove(date);
    return response;
  };
  expect(await send()).toEqual({ kind: 'empty' });
  expect(server.nights.get(date)?.night.note).toBe('mine');
});

test('what is typed while a merge is made is merged, too', async () => {
  const common = await bothKnow();
  const mine = { ...common, note: 'mine', edited_at: '2026-11-04T07:10:00.000Z' };
  server.store({ ...common, stockings_night: true, edited_at: '2026-11-04T07:05:00.000Z' });
  await store.record(mine, common);
  whileLookingBack(() => store.record({ ...mine, rls_urge: true, edited_at: '2026-11-04T07:20:00.000Z' }, mine));
  expect(await send()).toEqual({ kind: 'empty' });
  expect(server.nights.get(date)?.night).toMatchObject({ note: 'mine', stockings_night: true, rls_urge: true });
});

test('after a merge, what the other phone takes back stays taken back', async () => {
  const first = aNight(date, { note: 'first', edited_at: '2026-11-04T07:00:00.000Z' });
  await loseAnswers(() => store.record(first, null));
  const theirs = { ...first, rls_urge: true, edited_at: '2026-11-04T07:05:00.000Z' };
  server.store(theirs);
  await store.record({ ...first, note: 'second', edited_at: '2026-11-04T07:10:00.000Z' }, first);
  whileLookingBack(async () => {
    // Their next change arrives just before the merged night does.
    server.before = (request) => {
      if (request.method !== 'PUT') return undefined;
      server.before = () => undefined;
      server.store({ ...theirs, rls_urge: null, edited_at: '2026-11-04T07:15:00.000Z' });
      return undefined;
    };
  });
  expect(await send()).toEqual({ kind: 'empty' });
  expect(server.nights.get(date)?.night).toMatchObject({ note: 'second', rls_urge: null });
});

test('a true conflict goes to the later edit', async () => {
  const common = await bothKnow();
  server.store({ ...common, note: 'theirs, later', edited_at: '2026-11-04T07:30:00.000Z' });
  await store.record({ ...common, note: 'mine, earlier', edited_at: '2026-11-04T07:10:00.000Z' }, common);
  await send();
  expect(server.nights.get(date)?.night.note).toBe('theirs, later');
  expect((await store.snapshot()).nights.get(date)?.night.note).toBe('theirs, later');
});

test('their clock running ahead does not win: their edit counts from its arrival', async () => {
  const common = await bothKnow();
  server.store({ ...common, note: 'theirs', edited_at: '2030-01-01T00:00:00.000Z' }, '2026-11-04T07:20:00.000Z');
  await store.record({ ...common, note: 'mine', edited_at: '2026-11-04T07:40:00.000Z' }, common);
  await send();
  expect(server.nights.get(date)?.night.note).toBe('mine');
});

test('my clock running ahead counts no further than the server’s own time', async () => {
  const common = await bothKnow();
  server.now = Date.parse('2026-11-04T08:00:00Z');
  server.store({ ...common, note: 'theirs', edited_at: '2026-11-04T08:00:10.000Z' }, '2026-11-04T08:00:10.000Z');
  await store.record({ ...common, note: 'mine', edited_at: '2031-01-01T00:00:00.000Z' }, common);
  await send();
  expect(server.nights.get(date)?.night.note).toBe('theirs');
});

test('an edit of the second in which the server answers is later than one of half a second before', async () => {
  const common = await bothKnow();
  server.now = Date.parse('2026-11-04T08:00:00.900Z');
  server.store({ ...common, note: 'theirs', edited_at: '2026-11-04T08:00:00.200Z' }, '2026-11-04T08:00:00.300Z');
  await store.record({ ...common, note: 'mine', edited_at: '2026-11-04T08:00:00.700Z' }, common);
  await send();
  expect(server.nights.get(date)?.night.note).toBe('mine');
});

test('two phones that recorded the same night apart are merged after a 428', async () => {
  server.store(aNight(date, { cramps: [aCramp('t')], stockings_day: true, edited_at: '2026-11-04T06:00:00.000Z' }));
  await store.record(aNight(date, { cramps: [aCramp('m')], note: 'mine' }), null);
  await send();
  expect(server.nights.get(date)?.night).toMatchObject({ cramps: [{ id: 't' }, { id: 'm' }], stockings_day: true, note: 'mine' });
});

test('a deletion reaches the server with the ETag', async () => {
  await bothKnow();
  await store.remove(date, '2026-11-04T07:10:00.000Z');
  expect(await send()).toEqual({ kind: 'empty' });
  expect(server.nights.size).toBe(0);
  expect((await store.snapshot()).outbox.size).toBe(0);
});

test('deleting a night whose first answer was lost deletes it on the server', async () => {
  server.store(aNight(date, { edited_at: '2026-11-04T07:00:00.000Z' }));
  await store.remove(date, '2026-11-04T07:10:00.000Z');
  await send();
  expect(server.nights.size).toBe(0);
});

test('a deletion gives way to a later correction elsewhere', async () => {
  const common = await bothKnow();
  server.store({ ...common, note: 'still needed', edited_at: '2026-11-04T07:30:00.000Z' });
  await store.remove(date, '2026-11-04T07:10:00.000Z');
  await send();
  expect((await store.snapshot()).nights.get(date)?.night.note).toBe('still needed');
  expect(server.nights.size).toBe(1);
});

test('a correction survives a deletion elsewhere', async () => {
  const common = await bothKnow();
  server.remove(date);
  await store.record({ ...common, note: 'mine', edited_at: '2026-11-04T07:10:00.000Z' }, common);
  expect(await send()).toEqual({ kind: 'empty' });
  expect(server.nights.get(date)?.night.note).toBe('mine');
});

test('the feed is read page by page, deletions included', async () => {
  server.pageSize = 2;
  for (const each of ['2026-11-01', '2026-11-02', '2026-11-03']) server.store(aNight(each));
  server.remove('2026-11-02');
  await pull(store, api);
  expect([...(await store.snapshot()).nights.keys()]).toEqual(['2026-11-01', '2026-11-03']);
  expect(await store.meta('cursor')).toBe(4);
});

test('after a restore from backup the phone offers what the server lacks or holds older', async () => {
  await bothKnow(aNight('2026-11-01'));
  await bothKnow(aNight('2026-11-02', { note: 'new', edited_at: '2026-11-03T09:00:00.000Z' }));
  await bothKnow(aNight('2026-11-03', { note: 'old here', edited_at: '2026-11-04T07:00:00.000Z' }));
  server.restore([
    aNight('2026-11-02', { note: 'older', edited_at: '2026-11-03T07:00:00.000Z' }),
    aNight('2026-11-03', { note: 'newer there', edited_at: '2026-11-04T07:30:00.000Z' }),
  ]);
  await pull(store, api);
  await send();
  expect([...server.nights.values()].map(({ night }) => [night.night_date, night.note]).sort()).toEqual([
    ['2026-11-01', null],
    ['2026-11-02', 'new'],
    ['2026-11-03', 'newer there'],
  ]);
  expect((await store.snapshot()).nights.get('2026-11-03')?.night.note).toBe('newer there');
  expect(await store.meta('epoch')).toBe(server.epoch);
});

test('a copy that a restored server holds newer stands, and mine goes into its history', async () => {
  await bothKnow(aNight(date, { note: 'mine, acknowledged', cramps: [aCramp('a')], edited_at: '2026-11-04T07:00:00.000Z' }));
  const newer = aNight(date, { note: null, stockings_day: true, edited_at: '2026-11-04T07:30:00.000Z' });
  server.restore([newer]);
  await pull(store, api);
  expect(await send()).toEqual({ kind: 'empty' });
  expect(server.nights.get(date)?.night).toEqual(newer);
  expect((await store.snapshot()).nights.get(date)?.night).toEqual(newer);
  expect(server.history.get(date)?.filter(({ action }) => action === 'refused').map((each) => each.new.note)).toEqual(['mine, acknowledged']);
});

test('a restore before the very first fetch is made good, too', async () => {
  await store.record(aNight(date, { note: 'stored, then lost with the server' }), null);
  await send();
  server.restore([]);
  await pull(store, api);
  await send();
  expect(server.nights.get(date)?.night.note).toBe('stored, then lost with the server');
});

test('a restore does not touch an unsent entry', async () => {
  const common = await bothKnow();
  await store.record({ ...common, note: 'unsent', edited_at: '2026-11-04T07:10:00.000Z' }, common);
  server.restore([common]);
  await pull(store, api);
  await send();
  expect(server.nights.get(date)?.night.note).toBe('unsent');
});
