import { ApiProblem, type Api } from '../../shared/api/client';
import type { Night } from '../../shared/api/types';
import { mergeNights, sameAnswers } from '../store/merge';
import type { OutboxRow, ServerCopy } from '../store/schema';
import type { DiaryStore } from '../store/store';
import { changeOf, serverTime, type Answer } from './answer';
import { commonBase, isBefore, lostCopy } from './common-base';

type Conflict = Extract<Answer, { kind: 'conflict' }>;

/** What the server has in place of a refused change, and what both have in common. */
export async function conflict(api: Api, row: OutboxRow, error: ApiProblem): Promise<Answer> {
  try {
    return await compared(api, row, theirsIn(error) ?? (await fetchTheirs(api, row)));
  } catch (failure) {
    if (failure instanceof ApiProblem && failure.status === 401) return { kind: 'signed_out' };
    return { kind: 'later', retryAfterMs: 0, everything: true };
  }
}

async function compared(api: Api, row: OutboxRow, theirs: Theirs): Promise<Answer> {
  const { base, lost } = await commonBase(api, row);
  if (lost && (await giveBack(api, row, lost, theirs.current))) return compared(api, row, await fetchTheirs(api, row));
  return { kind: 'conflict', ...theirs, base };
}

/** Gives the server back what a change was made on, where it took the change for a night that it had never seen. */
export async function giveBackLost(api: Api, row: OutboxRow, stored: ServerCopy): Promise<void> {
  const lost = await lostCopy(api, row);
  if (lost) await giveBack(api, row, lost, stored);
}

// The server acknowledged a version and was put back to before it. Where nothing newer stands it becomes the night
// again; else it is refused, which puts it into the history.
async function giveBack(api: Api, { night_date, body }: OutboxRow, lost: ServerCopy, current: ServerCopy | null): Promise<boolean> {
  // The row itself is that version, and was refused just now.
  if (body && sameAnswers(body, lost.night)) return false;
  const etag = !current ? undefined : isBefore(current.night, lost.night) ? current.etag : lost.etag;
  const params = { path: { night_date }, header: etag ? { 'If-Match': etag } : {} };
  try {
    await api.PUT('/api/nights/{night_date}', { params, body: lost.night });
    return true;
  } catch (error) {
    if (error instanceof ApiProblem && [412, 428].includes(error.status)) return false;
    throw error;
  }
}

type Theirs = Pick<Conflict, 'current' | 'receivedAt' | 'answeredAt' | 'changed'>;

function theirsIn({ problem, response }: ApiProblem): Theirs | undefined {
  const { current, current_received_at: receivedAt } = problem as { current?: Night | null; current_received_at?: string | null };
  const etag = response.headers.get('ETag');
  if (!current || !etag) return undefined;
  const answeredAt = latestTimeOf(response);
  const changed = changeOf(response);
  return { current: { night: current, etag }, receivedAt: receivedAt ? Date.parse(receivedAt) : answeredAt, answeredAt, changed };
}

// A 428 does not carry the server's copy.
async function fetchTheirs(api: Api, row: OutboxRow): Promise<Theirs> {
  try {
    const { data, response } = await api.GET('/api/nights/{night_date}', { params: { path: { night_date: row.night_date } } });
    const answeredAt = latestTimeOf(response);
    const current = { night: data as Night, etag: response.headers.get('ETag') ?? '' };
    return { current, receivedAt: answeredAt, answeredAt, changed: changeOf(response) };
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 404) throw error;
    const answeredAt = latestTimeOf(error.response);
    return { current: null, receivedAt: answeredAt, answeredAt, changed: null };
  }
}

// The header tells whole seconds: an edit of the second in which the server answered is no edit of the future.
const latestTimeOf = (response: Response) => serverTime(response) + 999;

/** Puts a refused change and the server's copy together, or lets one of them stand. */
export async function resolve(store: DiaryStore, row: OutboxRow, conflict: Conflict, now: () => number): Promise<void> {
  const { current, base } = conflict;
  const mineWins = mineIsLater(row, conflict);
  if (row.body === null) return resolveDeletion(store, row, conflict, mineWins);
  // Deleted elsewhere and corrected here: what someone typed weighs more than its absence.
  if (!current) return store.replace(row, { ...row.body, edited_at: new Date(now()).toISOString() }, null, false);
  const merged = mergeNights({ base, mine: row.body, theirs: current.night, mineWins });
  if (sameAnswers(merged, current.night)) return store.giveWay(row, current);
  const combined = !sameAnswers(merged, row.body);
  return store.replace(row, { ...merged, edited_at: new Date(now()).toISOString() }, current, combined);
}

async function resolveDeletion(store: DiaryStore, row: OutboxRow, { current, base }: Conflict, mineWins: boolean): Promise<void> {
  if (!current) return store.settle(row, null);
  const untouched = base !== null && sameAnswers(base, current.night);
  return untouched || mineWins ? store.rebase(row, current) : store.giveWay(row, current);
}

// No clock may claim a time after the server's own: theirs counts from when it arrived, mine from this answer.
function mineIsLater(row: OutboxRow, conflict: Conflict): boolean {
  const { current, receivedAt, answeredAt } = conflict;
  const mine = Math.min(Date.parse(row.edited_at), answeredAt);
  const theirs = current ? Math.min(Date.parse(current.night.edited_at), receivedAt) : 0;
  return mine >= theirs;
}
