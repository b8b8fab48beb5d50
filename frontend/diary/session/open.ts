import { batch } from '@preact/signals';
import type { Me } from '../../shared/api/types';
import { keep, kept, userKey } from '../../shared/device';
import { api } from '../api';
import { firstDay } from '../first-day';
import { safety } from '../safety';
import { NothingKept, tryStorage, type Ending } from '../store/open';
import { DiaryStore } from '../store/store';
import { noPlan } from '../sync/plan';
import { startSync } from '../sync/sync';
import { offerReload } from '../update';
import { refresh } from './changes';
import { learnProfile } from './profile';
import { afterRound } from './round';
import { diary, emptyDiary, me, planned, session } from './signals';
import { hear } from './tabs';

/** Opens the diary that was open last on this phone, at once and offline. */
export async function resume(): Promise<void> {
  const noted = kept(userKey);
  const userId = noted === undefined ? await foundDiary() : noted;
  await (userId ? open(userId) : tryStorage()).catch(unlessRefused);
}

async function foundDiary(): Promise<string | null> {
  return import('../phone/found').then(({ onlyDiary }) => onlyDiary()).catch(() => null);
}

/** Opens a person's diary in place of whatever is open; `who` is what the server just said of them. */
export async function open(userId: string, who?: Me): Promise<void> {
  if (session.value?.store.userId !== userId) {
    close();
    const store = await DiaryStore.open(userId, (ending) => onEnding(userId, ending));
    const sync = startSync({
      store,
      api,
      onSignedIn: (signedIn) => void inBackground(learnProfile(signedIn)),
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
  if (who) await learnProfile(who);
  void session.value?.sync.run();
}

// A connection that ends is one of three: emptied by a sign-out in another tab, which says so itself; upgraded by a
// newer program, which this page must become; or dropped by a browser short of memory. Opened again, nothing of the
// last is lost.
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
    diary.value = emptyDiary;
    planned.value = noPlan;
    firstDay.value = null;
    safety.value = null;
  });
}

hear((news) => {
  if (news.kind === 'changed') void inBackground(refresh());
  else if (news.userId) void open(news.userId).catch(unlessRefused);
  else close();
});

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

// The app shows by itself that nothing can be kept.
function unlessRefused(error: unknown): void {
  if (!(error instanceof NothingKept)) throw error;
}
