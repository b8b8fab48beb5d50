import { computed, signal } from '@preact/signals';
import type { ComponentChildren, ComponentType } from 'preact';
import type { Me } from '../../shared/api/types';
import { kept, lostKey, userKey } from '../../shared/device';
import type { Found } from '../restored/found';
import type { DiaryStore, Snapshot } from '../store/store';
import { noPlan } from '../sync/plan';
import type { Connection, Sync } from '../sync/sync';

/** An open diary. */
export interface Session {
  store: DiaryStore;
  sync: Sync;
}

/** A diary with nothing in it, which the pages show while none is open. */
export const emptyDiary: Snapshot = { nights: new Map(), outbox: new Map(), marks: [], left: [], holds: null, up: null };

/** Whose diary is open on this phone; null shows the welcome page. */
export const session = signal<Session | null>(null);
/** Whether the account of this phone was deleted here, a moment ago. */
export const departed = signal(false);
/** Whose diary lies on this phone although a restore lost the account, and who took it over. */
export const lost = signal(kept(lostKey) ?? null);
/** Whether a restore lost the account of the open diary: this phone alone has its nights. */
export const isLost = computed(() => lost.value !== null && lost.value === session.value?.store.userId);
/** What is said and asked of a lost account around the other notices; the part of the app that knows brings it. */
export const LossNotice = signal<ComponentType<{ children?: ComponentChildren }> | null>(null);
/** The diary of a lost account, to be taken into the open one if the person says that it is theirs. */
export const offered = signal<Found | null>(null);
/** What is known of the person, from the server or from the last time. */
export const me = signal<Me | null>(null);
/** Nights and outbox as they are in the store. */
export const diary = signal<Snapshot>(emptyDiary);
/** The trials and what was drawn for them. */
export const planned = signal(noPlan);
/** Which nights a trial assigns stockings to. */
export const plan = computed(() => planned.value.plan);
/** What stands between this phone and the server. */
export const connection = computed<Connection>(() => session.value?.sync.connection.value ?? 'unknown');
/** Milliseconds by which this phone's clock is ahead of the server's. */
export const clockAhead = computed(() => session.value?.sync.clockAhead.value ?? 0);
/** Whether the last write found no room on this phone. */
export const phoneFull = computed(() => session.value?.store.full.value ?? false);
/** The changes that still have to reach the server. */
export const unsent = computed(() => [...diary.value.outbox.values()]);

/** Whether somebody's diary was left open on this phone. */
export const hasDiary = (): boolean => Boolean(kept(userKey));
