import type { Api } from '../../shared/api/client';
import { sendRow } from './send';
import { goesOut } from '../store/rows';
import type { OutboxRow } from '../store/schema';
import type { DiaryStore } from '../store/store';

/**
 * How a drain ended: nothing waits, or why something still does and when to come back; before `notBefore` the server
 * wants no request. With `more` the feed must be asked before anything else is sent.
 */
export type Drained =
  | { kind: 'empty'; retryAt?: number }
  | { kind: 'more' }
  | { kind: 'signed_out' }
  | { kind: 'waiting'; retryAt: number; notBefore: number };

const longestWaitMs = 3_600_000;

// Two phones editing one night at the same time settle after one or two rounds; more means something is wrong.
const maxRounds = 5;

// The feed is asked whether it has all that was told since; its address must not grow too long for that.
const mostTold = 50;

/** Sends what waits, oldest first. The caller holds the lock and has made sure who is signed in. */
export async function drain(store: DiaryStore, api: Api, now: () => number): Promise<Drained> {
  let retryAt = Infinity;
  let refusedUntil = Infinity;
  let notBefore = 0;
  for (const row of await store.waitingRows()) {
    if (isPutOff(row.retry_at, now())) {
      if (row.refusal) refusedUntil = Math.min(refusedUntil, row.retry_at);
      else retryAt = Math.min(retryAt, row.retry_at);
      continue;
    }
    if (((await store.meta('told')) ?? []).length >= mostTold) return { kind: 'more' };
    const outcome = await sendUntilSettled(store, api, row, now);
    if (outcome.kind === 'signed_out') return outcome;
    if (outcome.kind === 'refused') refusedUntil = Math.min(refusedUntil, outcome.retryAt);
    if (outcome.kind === 'later') {
      retryAt = Math.min(retryAt, outcome.retryAt);
      if (outcome.everything) {
        notBefore = outcome.notBefore;
        break;
      }
    }
  }
  if (retryAt < Infinity) return { kind: 'waiting', retryAt: Math.min(retryAt, refusedUntil), notBefore };
  return refusedUntil < Infinity ? { kind: 'empty', retryAt: refusedUntil } : { kind: 'empty' };
}

type RowOutcome = { kind: 'done' } | { kind: 'refused'; retryAt: number } | { kind: 'signed_out' } | { kind: 'later'; retryAt: number; notBefore: number; everything: boolean };

async function sendUntilSettled(store: DiaryStore, api: Api, first: OutboxRow, now: () => number): Promise<RowOutcome> {
  for (let round = 0; round < maxRounds; round++) {
    const row = await store.row(first.night_date);
    if (!row || !goesOut(row)) return { kind: 'done' };
    const answer = await sendRow(api, row);
    if ('changed' in answer && answer.changed) await store.noteChange(answer.changed);
    switch (answer.kind) {
      case 'stored':
        await store.settle(row, answer.copy);
        break;
      case 'conflict':
        await (await import('./conflict')).resolve(store, row, answer, now);
        break;
      case 'refused': {
        const retryAt = answer.refusal.reason === 'not_begun' ? now() + refusedWait(row.refusal ? row.attempts : 0) : Infinity;
        await store.refuse(row, answer.refusal, retryAt === Infinity ? 0 : retryAt);
        return { kind: 'refused', retryAt };
      }
      case 'signed_out':
        return answer;
      case 'later': {
        const retryAt = now() + Math.min(longestWaitMs, Math.max(answer.retryAfterMs, backoff(row.attempts)));
        await store.postpone(row, retryAt);
        return { kind: 'later', retryAt, notBefore: answer.retryAfterMs > 0 ? retryAt : 0, everything: answer.everything };
      }
    }
  }
  return { kind: 'later', retryAt: now() + backoff(0), notBefore: 0, everything: false };
}

/** Milliseconds before another attempt: 5 s, doubling to 5 min. */
export function backoff(attempts: number): number {
  return Math.min(5_000 * 2 ** attempts, 300_000);
}

/** Milliseconds before a night that had not begun for the server is tried again: 5 min, doubling to an hour. */
export function refusedWait(attempts: number): number {
  return Math.min(300_000 * 2 ** attempts, longestWaitMs);
}

/** Whether to wait until a time; one beyond the longest wait comes from a clock that has been set back since. */
export function isPutOff(until: number, now: number): boolean {
  return until > now && until <= now + longestWaitMs;
}
