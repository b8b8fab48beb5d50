import { batch, computed, effect, signal } from '@preact/signals';
import type { ComponentChildren, ComponentType } from 'preact';
import { ApiProblem, bodyOf, createApi, ForeignAnswer, NoConnection } from '../shared/api/client';
import type { Me, MeChange } from '../shared/api/types';
import { deviceZone, keep, kept, lostKey, openChannel, userKey } from '../shared/device';
import { dayHere } from './clock';
import { firstDay, learnSteps, sendKeptAnswers } from './first-day';
import type { Found } from './restored/ask';
import { refreshSafety, safety } from './safety';
import { NothingKept, tryStorage, type Ending } from './store/open';
import { DiaryStore, type Snapshot } from './store/store';
import { fetchPlan, noPlan } from './sync/plan';
import { startSync, type Connection, type Sync } from './sync/sync';
import { language } from './texts';
import { offerReload } from './update';

/** The only client of this app. */
export const api = createApi();

/** An open diary. */
export interface Session {
  store: DiaryStore;
  sync: Sync;
}

const nothing: Snapshot = { nights: new Map(), outbox: new Map(), marks: [], left: [], holds: null, up: null };

/** Whose diary is open on this phone; null shows the welcome page. */
export const session = signal<Session | null>(null);
/** The account of this phone was deleted here, a moment ago. */
export const departed = signal(false);
/** Whose diary lies on this phone although a restore lost the account, and who took it over. */
export const lost = signal(kept(lostKey) ?? null);
/** Whether a restore lost the account of the open diary: this phone alone has its nights. */
export const isLost = computed(() => lost.value !== null && lost.value === session.value?.store.userId);
/** What is said and asked of that around the other notices; comes with the part of the app that knows. */
export const LossNotice = signal<ComponentType<{ children?: ComponentChildren }> | null>(null);
/** The diary of a lost account, to be taken into the open one if the person says that it is theirs. */
export const offered = signal<Found | null>(null);
/** What is known of the person, from the server or from the last time. */
export const me = signal<Me | null>(null);
/** Nights and outbox as they are in the store. */
export const diary = signal<Snapshot>(nothing);
/** The trials and what was drawn for them. */
export const planned = signal(noPlan);
/** Which nights a trial assigns stockings to. */
export const plan = computed(() => planned.value.plan);
export const connection = computed<Connection>(() => session.value?.sync.connection.value ?? 'unknown');
/** Milliseconds by which this phone's clock is ahead of the server's. */
export const clockAhead = computed(() => session.value?.sync.clockAhead.value ?? 0);
/** Whether the last write found no room on this phone. */
export const phoneFull = computed(() => session.value?.store.full.value ?? false);
export const unsent = computed(() => [...diary.value.outbox.values()]);

// Who is signed in travels in the message itself: another tab may not see the stored key change before it arrives.
type News = { kind: 'changed' } | { kind: 'session'; userId: string | null };

/** Tells the other tabs. */
export const tell = openChannel<News>('charley', (news) => {
  if (news.kind === 'changed') void inBackground(refresh());
  else if (news.userId) void open(news.userId).catch(unlessRefused);
  else close();
});

/** Whether somebody's diary was left open on this phone. */
export const hasDiary = (): boolean => Boolean(kept(userKey));

/** Opens the diary that was open last on this phone, at once and offline. */
export async function resume(): Promise<void> {
  const noted = kept(userKey);
  const userId = noted === undefined ? await foundDiary() : noted;
  await (userId ? open(userId) : tryStorage()).catch(unlessRefused);
}

async function foundDiary(): Promise<string | null> {
  return import('./phone/found').then(({ onlyDiary }) => onlyDiary()).catch(() => null);
}

/** Stores changes of the profile on the server and here. */
export async function changeProfile(changes: MeChange): Promise<void> {
  await learn((await bodyOf(api.PATCH('/api/me', { body: changes }))) as Me);
}

/** Changes the profile as soon as the server can be reached, if not at once then after a later round. */
export async function tellProfile(changes: MeChange): Promise<void> {
  const store = session.value?.store;
  if (!store) return;
  await store.changeMeta('profile', (known) => ({ ...known, ...changes }));
  await flushProfile().catch(ignoreOffline);
}

/** Reads the store again and tells the other tabs; call after every change. */
export async function changed(): Promise<void> {
  await refresh();
  tell({ kind: 'changed' });
}

/** Opens a person's diary in place of whatever is open; `who` is what the server just said of them. */
export async function open(userId: string, who?: Me): Promise<void> {
  if (session.value?.store.userId !== userId) {
    close();
    const store = await DiaryStore.open(userId, (ending) => onEnding(userId, ending));
    const sync = startSync({
      store,
      api,
      onSignedIn: (signedIn) => void inBackground(learn(signedIn)),
      onRound: () => void inBackground(afterRound()),
    });
    keep(userKey, userId);
    const [snapshot, known, drawn, begun, outcome] = await Promise.all([
      store.snapshot(),
      store.meta('me'),
      store.meta('planned'),
      store.meta('start'),
      store.meta('safety'),
    ]);
    batch(() => {
      session.value = { store, sync };
      diary.value = snapshot;
      me.value = known ?? null;
      planned.value = drawn ?? noPlan;
      firstDay.value = begun ?? null;
      safety.value = outcome ?? null;
    });
  }
  if (who) await learn(who);
  void session.value?.sync.run();
}

// Emptied by a sign-out in another tab, which says so itself; upgraded by a newer program, which this page must become;
// dropped by the browser, which happens to phones short of memory: opened again, nothing of it is lost.
function onEnding(userId: string, ending: Ending): void {
  if (ending === 'upgraded') offerReload();
  if (ending !== 'dropped') return;
  close();
  void open(userId).catch(unlessRefused);
}

/** Closes the diary that is open; it stays on this phone. */
export function close(): void {
  session.value?.sync.stop();
  session.value?.store.close();
  batch(() => {
    session.value = null;
    me.value = null;
    diary.value = nothing;
    planned.value = noPlan;
    firstDay.value = null;
    safety.value = null;
  });
}

// Another tab may sign out, and so close this tab's store, in the middle of any work that nobody waits for.
async function inBackground(work: Promise<void>): Promise<void> {
  const store = session.value?.store;
  try {
    await work;
  } catch (error) {
    // A phone that refuses to read is told of by the round that meets it.
    if (!store?.closed && !(error instanceof DOMException)) throw error;
  }
}

async function refresh(): Promise<void> {
  const store = session.value?.store;
  if (!store) return;
  const snapshot = await store.snapshot();
  if (session.value?.store === store) diary.value = snapshot;
}

async function learn(who: Me): Promise<void> {
  const store = session.value?.store;
  if (store?.userId !== who.id) return;
  me.value = who;
  await store.putMeta('me', who);
}

async function afterRound(): Promise<void> {
  await changed();
  if (connection.value === 'signed_out' || lost.value) await askOfRestores();
  if (connection.value !== 'ok') return;
  await tellProfile(phoneChanges());
  if (session.value) await sendKeptAnswers(session.value.store);
  const screening = session.value && (await refreshSafety(api, session.value.store).catch(ignoreOffline));
  // Whatever speaks against the plan is known before the plan is.
  await learnHolds();
  await refreshPlan();
  if (session.value && screening) await learnSteps(session.value.store, screening);
}

// Without the connection that this part of the app comes by nothing could be asked either.
async function askOfRestores(): Promise<void> {
  await import('./restored/ask').then((part) => part.ask()).catch(ignoreOffline);
}

// Results end at the last night that has passed where the person is, and the server writes consent texts in the
// person's language: the profile follows the phone in both.
export function phoneChanges(): MeChange {
  const known = me.value;
  const [zone, spoken] = [deviceZone(), language.value];
  return { ...(known?.zone !== zone && { zone }), ...(known?.language !== spoken && { language: spoken }) };
}

async function flushProfile(): Promise<void> {
  const store = session.value?.store;
  const changes = await store?.meta('profile');
  if (!store || !changes) return;
  if (Object.keys(changes).length > 0) await changeProfile(changes);
  await store.deleteMeta('profile');
}

async function refreshPlan(): Promise<void> {
  const store = session.value?.store;
  if (!store) return;
  const today = dayHere(new Date());
  const drawn = await fetchPlan(api, planned.value, today, diary.value.nights.size).catch(ignoreOffline);
  if (!drawn || session.value?.store !== store) return;
  planned.value = drawn;
  await store.putMeta('planned', drawn);
}

/** Tells the server what was said here of stop signs, and learns which stand; loads what that needs when it does. */
export async function learnHolds(): Promise<void> {
  const store = session.value?.store;
  // Without the connection that this part of the app comes by nothing could be asked either.
  const part = store && (await import('./hold/refresh').catch(() => null));
  if (!part) return;
  await part.refreshHolds(api, store).catch(ignoreOffline);
  await refresh();
}

function ignoreOffline(error: unknown): undefined {
  if (!(error instanceof ApiProblem || error instanceof ForeignAnswer || error instanceof NoConnection)) throw error;
  return undefined;
}

// The app shows by itself that nothing can be kept.
function unlessRefused(error: unknown): void {
  if (!(error instanceof NothingKept)) throw error;
}

// Missing or refused, it leaves the diary where it is.
const persist = async () => navigator.storage.persist();

let askedToKeep = false;

// A browser may clear the storage of a site it finds unimportant; a diary asks to be kept, once it holds something.
effect(() => {
  if (askedToKeep || unsent.value.length + diary.value.marks.length === 0) return;
  askedToKeep = true;
  void persist().catch(() => undefined);
});
