import type { Api } from '../../shared/api/client';
import { sendRow } from './send';
import { isSentByItself } from '../store/rows';
import type { OutboxRow } from '../store/schema';
import type { DiaryStore } from '../store/store';

/** How a drain ended: nothing waits, or why something still does and when to come back; before `notBefore` the server wants no request. */
export type Drained = { kind: 'empty' } | { kind: 'signed_out' } | { kind: 'waiting'; retryAt: number; notBefore: number };

const longestWaitMs = 3_600_000;

// Two phones editing one night at the same time settle after one or two rounds; more means something is wrong.
const maxRounds = 5;

/** Sends what waits, oldest first. The caller holds the lock and has made sure who is signed in. */
export async function drain(store: DiaryStore, api: Api, now: () => number): Promise<Drained> {
  let retryAt = Infinity;
  let notBefore = 0;
  for (const row of await store.waitingRows()) {
    if (isPutOff(row.retry_at, now())) {
      retryAt = Math.min(retryAt, row.retry_at);
      continue;
    }
    const outcome = await sendUntilSettled(store, api, row, now);
    if (outcome.kind === 'signed_out') return outcome;
    if (outcome.kind === 'later') {
      retryAt = Math.min(retryAt, outcome.retryAt);
      if (outcome.everything) {
        notBefore = outcome.notBefore;
        break;
      }
    }
  }
  return retryAt === Infinity ? { kind: 'empty' } : { kind: 'waiting', retryAt, notBefore };
}

type RowOutcome = { kind: 'done' } | { kind: 'signed_out' } | { kind: 'later'; retryAt: number; notBefore: number; everything: boolean };

async function sendUntilSettled(store: DiaryStore, api: Api, first: OutboxRow, now: () => number): Promise<RowOutcome> {
  for (let round = 0; round < maxRounds; round++) {
    const row = await store.row(first.night_date);
    if (!row || !isSentByItself(row)) return { kind: 'done' };
    const answer = await sendRow(api, row);
    switch (answer.kind) {
      case 'stored':
        await store.settle(row, answer.copy);
        break;
      case 'conflict':
        await (await import('./conflict')).resolve(store, row, answer, now);
        break;
      case 'refused':
        await store.refuse(row, answer.refusal);
        return { kind: 'done' };
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

/** Whether to wait until a time; one beyond the longest wait comes from a clock that has been set back since. */
export function isPutOff(until: number, now: number): boolean {
  return until > now && until <= now + longestWaitMs;
}
