import type { DBSchema } from 'idb';
import type { Me, MeChange, Night, PlanNight, Result, Screening, Trial } from '../../shared/api/types';
import type { PlainDate } from '../../shared/nights';
import type { FirstDay } from '../first-day';
import type { HoldCopy } from '../hold/copy';
import type { KeptAnswers, KnownAnswers } from '../start/answers/answers';

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

/** Why the server refused an entry. */
export interface Refusal {
  status: number;
  title: string;
  details: string[];
  /** The server's mark of a refusal that something can be done about; null without one, missing where it was not kept yet. */
  reason?: string | null;
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
  /** What this change was before, since `base`: any of it may have reached the server, its answer lost. */
  earlier: Night[];
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
  /** Marks of the night that went into this form; saving it settles them. */
  taken?: string[];
  /** Marks whose long duration the person has not confirmed yet. */
  doubtful?: string[];
  /** Stop signs that the person took out of the night as entered by mistake. */
  mistaken?: string[];
}

/** The trials and their plan as the server last told them. */
export interface PlanCopy {
  /** Newest first. */
  trials: Trial[];
  plan: PlanNight[];
  /** The staged trial that reached its answer before its planned end. */
  finished: string | null;
  /** The trial that was last asked about whether it has, with how many nights recorded, and in which open night. */
  asked: string;
}

/** A cramp marked in the night. It stays on this phone until a saved morning form has taken it in. */
export interface Mark {
  /** Becomes the cramp's id. */
  id: string;
  night_date: PlainDate;
  onset_local: string;
  /** The clock reading at the start, in milliseconds since 1970. */
  started_at: number;
  stopped: boolean;
  /** Null while it runs, and where the two clock readings give no duration. */
  duration_min: number | null;
}

/** Single values, by key. */
export interface Meta {
  cursor: number;
  epoch: string;
  /** When the newest change was received that the feed last told of, and then each that another answer told of since: the server must still have all of them. */
  told: string[];
  me: Me;
  /** Changes of the profile that the server has not heard of yet. */
  profile: MeChange;
  planned: PlanCopy;
  result: Result;
  /** What the newest safety answers come to; this phone's own judgment of those still to be sent. */
  safety: Screening['outcome'];
  /** With how many physicians the diary is shared. */
  shared_with: number;
  marks: Mark[];
  /** Nights that the person left unrecorded and does not want to be asked about again. */
  left: PlainDate[];
  /** What is known of stop signs; missing until this version of the app has asked, or told, for the first time. */
  holds: HoldCopy;
  /** The last night of which the person said before its morning that it is over. */
  up: PlainDate;
  /** Accounts lost in a restore whose nights on this phone were taken into this diary. */
  taken: string[];
  /** Accounts lost in a restore of whose nights on this phone the person said that they are not theirs. */
  not_mine: string[];
  start: FirstDay;
  /** A step's answers; under `flags` a safety screen sent ahead of its completion for its red flags. */
  [answers: `start:${string}`]: KeptAnswers;
  [known: `known:${string}`]: KnownAnswers;
  [draft: `draft:${PlainDate}`]: Draft;
}

/** One patient's database on this phone. */
export interface DiaryDatabase extends DBSchema {
  nights: { key: PlainDate; value: NightRecord };
  base: { key: PlainDate; value: ServerCopy & { night_date: PlainDate } };
  outbox: { key: PlainDate; value: OutboxRow };
  meta: { key: keyof Meta & string; value: Meta[keyof Meta] };
}
