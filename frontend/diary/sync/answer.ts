import type { Night } from '../../shared/api/types';
import type { Refusal, ServerCopy } from '../store/schema';

/** What one attempt to send a row came to. */
export type Answer =
  | { kind: 'stored'; copy: ServerCopy | null; changed: string | null }
  | { kind: 'conflict'; current: ServerCopy | null; base: Night | null; receivedAt: number; answeredAt: number; changed: string | null }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'signed_out' }
  /** Not now: `everything` when other rows would fare no better. */
  | { kind: 'later'; retryAfterMs: number; everything: boolean };

/** When the newest change of the diary was received, as the server tells it with an answer. */
export const changeOf = (response: Response): string | null => response.headers.get('Diary-Changed');

/** The server's clock at its answer, in milliseconds; this phone's where the header is missing. */
export function serverTime(response: Response): number {
  const date = Date.parse(response.headers.get('Date') ?? '');
  return Number.isNaN(date) ? Date.now() : date;
}

/** Milliseconds a Retry-After header asks for, given in seconds or as a date; 0 without one. */
export function retryAfter(response: Response): number {
  const header = response.headers.get('Retry-After');
  if (!header) return 0;
  const seconds = Number(header);
  const wait = Number.isNaN(seconds) ? Date.parse(header) - serverTime(response) : seconds * 1000;
  return Number.isFinite(wait) ? Math.max(0, wait) : 0;
}
