import type { Screening } from '../../shared/api/types';
import { api } from '../api';
import { dayHere } from '../clock';
import { firstDay, openSections } from '../first-day';
import { learnHolds } from '../hold/learn';
import { refreshSafety } from '../safety';
import type { DiaryStore } from '../store/store';
import { fetchPlan } from '../sync/plan';
import { unlessUnreachable } from '../sync/unreachable';
import { changed } from './changes';
import { phoneChanges, tellProfile } from './profile';
import { connection, diary, lost, planned, session } from './signals';

/** Sends and learns all that is not a night, once a round of sync is over. */
export async function afterRound(): Promise<void> {
  await changed();
  if (connection.value === 'signed_out' || lost.value) await askOfRestores();
  if (connection.value !== 'ok') return;
  await tellProfile(phoneChanges());
  if (session.value) await sendKeptAnswers(session.value.store);
  const screening = session.value && (await refreshSafety(api, session.value.store).catch(unlessUnreachable));
  // Whatever speaks against the plan is known before the plan is.
  await learnHolds();
  await refreshPlan();
  if (session.value && screening) await learnSteps(session.value.store, screening);
}

// The parts of the app below come by the same connection as the answers they ask for: where one cannot be loaded,
// nothing could be asked or sent either.

async function askOfRestores(): Promise<void> {
  await import('../restored/ask').then((part) => part.ask()).catch(unlessUnreachable);
}

/** Sends answers of the first day that found no connection; loads what that needs only when there are some. */
export async function sendKeptAnswers(store: DiaryStore): Promise<void> {
  if (!firstDay.value?.waiting.length) return;
  const part = await import('../start/answers/send').catch(() => null);
  await part?.sendWaiting(store);
}

// Which open steps were done on another phone is asked only while such are open.
async function learnSteps(store: DiaryStore, screening: Screening): Promise<void> {
  // Only this phone can tell whether it has the app on its home screen.
  if (!firstDay.value || openSections(firstDay.value).every((section) => section === 'install')) return;
  const part = await import('../start/progress').catch(() => null);
  await part?.learnMarks(store, screening);
}

async function refreshPlan(): Promise<void> {
  const store = session.value?.store;
  if (!store) return;
  const today = dayHere(new Date());
  const drawn = await fetchPlan(api, planned.value, today, diary.value.nights.size).catch(unlessUnreachable);
  if (!drawn || session.value?.store !== store) return;
  planned.value = drawn;
  await store.putMeta('planned', drawn);
}
