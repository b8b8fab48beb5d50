import type { DBSchema } from 'idb';
import type { Me, MeChange, Night, PlanNight, Result } from '../../shared/api/types';
import type { PlainDate } from '../../shared/nights';

/** A night as this phone shows it. */
export interface NightRecord {
  night_date: PlainDate;
  night: Night;
  /** Entries of two devices were merged and nobody has looked at the outcome yet. */
  combined: boolean;
}

/** A night as the server last sent it. */
export interface ServerCopy {
  night: Night;
  etag: string;
}

/** Why the server refused an entry for good. */
export interface Refusal {
  status: number;
  title: string;
  details: string[];
}

/** One change on its way to the server; at most one per night. */
export interface OutboxRow {
  night_date: PlainDate;
  /** Names this very change, so that an answer to an earlier one cannot settle it. */
  change: string;
  /** The night to store, or null to delete it. */
  body: Night | null;
  edited_at: string;
  /** The server's copy the change was made on; null when there was none. */
  base: ServerCopy | null;
  queued_at: number;
  attempts: number;
  /** Milliseconds since 1970 before which the row is not sent again. */
  retry_at: number;
  state: 'waiting' | 'needs_attention';
  refusal: Refusal | null;
}

/** What was typed and not yet saved. */
export interface Draft {
  night: Night;
  /** The copy the form started from, so that a save can tell what the person changed. */
  opened: Night | null;
  step: 'choose' | 'details';
}

/** Single values, by key. */
export interface Meta {
  cursor: number;
  epoch: string;
  me: Me;
  /** Changes of the profile that the server has not heard of yet. */
  profile: MeChange;
  plan: PlanNight[];
  result: Result;
  [draft: `draft:${PlainDate}`]: Draft;
}

/** One patient's database on this phone. */
export interface DiaryDatabase extends DBSchema {
  nights: { key: PlainDate; value: NightRecord };
  base: { key: PlainDate; value: ServerCopy & { night_date: PlainDate } };
  outbox: { key: PlainDate; value: OutboxRow };
  meta: { key: keyof Meta & string; value: Meta[keyof Meta] };
}
