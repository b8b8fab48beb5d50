import { expect, test } from 'vitest';
import { aNight } from '../../test/nights';
import { FakeServer } from '../../test/server';
import { ApiProblem, bodyOf, createApi, ForeignAnswer, NoConnection } from './client';

const date = '2026-11-03';
const put = (api: ReturnType<typeof createApi>) => api.PUT('/api/nights/{night_date}', { params: { path: { night_date: date } }, body: aNight(date) });

function connected() {
  const server = new FakeServer();
  return { server, api: createApi({ origin: server.origin, fetch: server.fetch }) };
}

test('a token is fetched once and used for every change', async () => {
  const { server, api } = connected();
  await put(api);
  await put(api);
  expect(server.sent('GET')).toEqual(['GET /api/auth/login']);
  expect(server.sent('PUT')).toHaveLength(2);
});

test('a renewed token repeats the request with its body', async () => {
  const { server, api } = connected();
  await put(api);
  server.rotateToken();
  await put(api);
  expect(server.nights.get(date)?.night).toEqual(aNight(date));
});

test('a token that could not be fetched is tried again with the next request', async () => {
  const { server, api } = connected();
  server.before = () => {
    throw new TypeError('offline');
  };
  await expect(put(api)).rejects.toThrow(NoConnection);
  server.before = () => undefined;
  await put(api);
  expect(server.nights.size).toBe(1);
});

test('a problem carries its kind, status and fields', async () => {
  const { server, api } = connected();
  server.before = () => server.problem(422, 'validation', { errors: [{ pointer: '/tz', detail: 'no such zone' }] });
  const error = await bodyOf(api.GET('/api/me')).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ApiProblem);
  expect(error).toMatchObject({ slug: 'validation', status: 422, problem: { errors: [{ pointer: '/tz' }] } });
});

test('no network and a foreign page are told apart', async () => {
  const { server, api } = connected();
  server.before = () => {
    throw new TypeError('offline');
  };
  await expect(bodyOf(api.GET('/api/me'))).rejects.toThrow(NoConnection);
  server.before = () => new Response('<h1>Log in to the hotel</h1>', { headers: { 'Content-Type': 'text/html' } });
  await expect(bodyOf(api.GET('/api/me'))).rejects.toThrow(ForeignAnswer);
});

test('a server that does not answer counts as no connection after the time-out', async () => {
  const api = createApi({
    origin: 'http://charley.test',
    timeoutMs: 10,
    fetch: (request) => new Promise((_resolve, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason))),
  });
  await expect(bodyOf(api.GET('/api/me'))).rejects.toThrow(NoConnection);
});
