import { ApiProblem, ForeignAnswer, NoConnection, type Api } from '../../shared/api/client';
import type { Night } from '../../shared/api/types';
import type { OutboxRow, Refusal } from '../store/schema';
import { changeOf, retryAfter, type Answer } from './answer';

/** Sends one row and reads the answer; only an answer that proves storage counts as stored. */
export async function sendRow(api: Api, row: OutboxRow): Promise<Answer> {
  try {
    return row.body ? await put(api, row, row.body) : await remove(api, row);
  } catch (error) {
    return explain(api, row, error);
  }
}

async function put(api: Api, row: OutboxRow, body: Night): Promise<Answer> {
  const params = { path: { night_date: row.night_date }, header: precondition(row) };
  const { data, response } = await api.PUT('/api/nights/{night_date}', { params, body });
  const stored = data as Night | undefined;
  const etag = response.headers.get('ETag');
  // A captive portal also says 200: only our JSON, naming this night and this edit, proves that it is stored.
  const echoed = stored?.night_date === body.night_date && Date.parse(stored.edited_at) === Date.parse(body.edited_at);
  if (!echoed || !etag) throw new ForeignAnswer(response);
  const copy = { night: stored, etag };
  // New to the server and yet a correction: it was put back to before the first version, which its history gets back.
  if (response.status === 201 && row.base) await import('./conflict').then((part) => part.giveBackLost(api, row, copy)).catch(() => undefined);
  return { kind: 'stored', copy, changed: changeOf(response) };
}

async function remove(api: Api, row: OutboxRow): Promise<Answer> {
  const params = { path: { night_date: row.night_date }, header: precondition(row) };
  const { response } = await api.DELETE('/api/nights/{night_date}', { params });
  if (response.status !== 204) throw new ForeignAnswer(response);
  return { kind: 'stored', copy: null, changed: changeOf(response) };
}

const precondition = (row: OutboxRow) => (row.base ? { 'If-Match': row.base.etag } : {});

async function explain(api: Api, row: OutboxRow, error: unknown): Promise<Answer> {
  if (error instanceof NoConnection) return { kind: 'later', retryAfterMs: 0, everything: true };
  if (error instanceof ForeignAnswer) return { kind: 'later', retryAfterMs: retryAfter(error.response), everything: true };
  if (!(error instanceof ApiProblem)) return { kind: 'later', retryAfterMs: 0, everything: false };
  if (error.status === 401) return { kind: 'signed_out' };
  if (error.status === 412 || error.status === 428) return conflictOf(api, row, error);
  if (error.status === 408 || error.status === 429 || error.slug === 'csrf') {
    return { kind: 'later', retryAfterMs: retryAfter(error.response), everything: true };
  }
  if (error.status >= 500) return { kind: 'later', retryAfterMs: retryAfter(error.response), everything: false };
  return { kind: 'refused', refusal: refusalOf(error) };
}

// What a conflict needs is fetched when there is one; without it the row waits.
async function conflictOf(api: Api, row: OutboxRow, error: ApiProblem): Promise<Answer> {
  const part = await import('./conflict').catch(() => null);
  return part ? part.conflict(api, row, error) : { kind: 'later', retryAfterMs: 0, everything: true };
}

function refusalOf(error: ApiProblem): Refusal {
  const { title, detail, errors = [], reason } = error.problem;
  const details = errors.length > 0 ? errors.map((each) => `${each.pointer}: ${each.detail}`) : detail ? [detail] : [];
  return { status: error.status, title, details, reason: typeof reason === 'string' ? reason : null };
}
