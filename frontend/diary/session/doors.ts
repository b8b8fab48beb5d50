import { batch } from '@preact/signals';
import { ApiProblem, bodyOf } from '../../shared/api/client';
import type { Me } from '../../shared/api/types';
import { keep, lostKey, userKey } from '../../shared/device';
import { api } from '../api';
import { forgetShareLink } from '../share-link';
import { tryStorage } from '../store/open';
import type { DiaryStore } from '../store/store';
import { withSessionLock } from '../sync/lock';
import { close, open } from './open';
import { phoneChanges, tellProfile } from './profile';
import { sendKeptAnswers } from './round';
import { departed, lost, session, type Session } from './signals';
import { tell } from './tabs';

/** The account that signed in belongs to a physician. */
export class NotAPatient extends Error {
  override name = 'NotAPatient';
}

/** Signing out would remove entries that are neither sent nor exported. */
export class UnsentEntries extends Error {
  override name = 'UnsentEntries';
}

/** Signs in with e-mail and password and opens this person's diary. */
export function signIn(email: string, password: string): Promise<void> {
  return signInBy(() => api.POST('/api/auth/login', { body: { email, password } }));
}

/** Signs in by a way that ends in a session, and opens this person's diary. */
export async function signInBy(enter: () => Promise<unknown>): Promise<void> {
  await tryStorage();
  const who = await withSessionLock(async () => {
    await enter();
    return whoIsSignedIn();
  });
  if (who.role !== 'patient') throw new NotAPatient();
  if (lost.value) await lookForLost(who.id);
  await open(who.id, who);
  tell({ kind: 'session', userId: who.id });
}

// Asked before the app moves on, which then leads there; what fails is asked again after a round.
async function lookForLost(userId: string): Promise<void> {
  await import('../restored/ask').then((part) => part.look(userId)).catch(() => undefined);
}

/** Makes an account and opens its empty diary. */
export async function signUp(name: string, email: string, password: string): Promise<void> {
  // Nobody gets an account for a diary that this phone would not keep.
  await tryStorage();
  await withSessionLock(() => api.POST('/api/auth/register', { body: { email, password, password_confirm: password } }));
  await signIn(email, password);
  await tellProfile({ ...phoneChanges(), display_name: name });
}

/** Signs out and removes the diary from this phone; `exported` are the changes that the person has saved as a file. */
export async function signOut(exported: ReadonlySet<string> = new Set()): Promise<void> {
  const current = session.value;
  if (!current) return;
  await withSessionLock(async () => {
    await refuseToLose(current.store, exported);
    await sendKeptAnswers(current.store);
    // The next person on this phone gets nobody else's reminders.
    const { withoutReminders } = await import('../me/reminders/push');
    await withoutReminders(() => api.POST('/api/auth/logout', { body: {} }).catch(ignoreSignedOut));
    await refuseToLose(current.store, exported);
    await forget(current);
  });
  close();
  tell({ kind: 'session', userId: null });
}

/** Deletes the account and the diary on this phone; the person has been told of unsent entries. */
export async function deleteAccount(password: string): Promise<void> {
  const current = session.value;
  if (!current) return;
  await withSessionLock(async () => {
    await api.DELETE('/api/me', { body: { password } });
    await forget(current);
  });
  batch(() => {
    departed.value = true;
    close();
  });
  tell({ kind: 'session', userId: null });
}

// The diary leaves this phone; whoever calls has made sure that nothing is lost by it.
async function forget({ store, sync }: Session): Promise<void> {
  sync.stop();
  await store.destroy({ unsentExported: true });
  keep(userKey, null);
  if (lost.value === store.userId) keep(lostKey, (lost.value = null));
  forgetShareLink();
}

async function whoIsSignedIn(): Promise<Me> {
  return (await bodyOf(api.GET('/api/me'))) as Me;
}

// Another tab may save an entry at any moment, also while this one talks to the server.
async function refuseToLose(store: DiaryStore, exported: ReadonlySet<string>): Promise<void> {
  const { outbox } = await store.snapshot();
  if ([...outbox.values()].some(({ change }) => !exported.has(change))) throw new UnsentEntries();
}

function ignoreSignedOut(error: unknown): void {
  if (!(error instanceof ApiProblem) || error.status !== 401) throw error;
}
