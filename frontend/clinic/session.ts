import { signal } from '@preact/signals';
import { ApiProblem, bodyOf } from '../shared/api/client';
import { api } from './api';
import type { Me } from './records';
import { ROSTER_PATH, SIGN_IN_PATH } from './routes';

/** Who is signed in: null when nobody is, undefined until the server has said. */
export const me = signal<Me | null | undefined>(undefined);

/** True when the session ended while a page was open. */
export const sessionEnded = signal(false);

/** Asks the server who is signed in. */
export async function loadMe(): Promise<void> {
  try {
    me.value = (await bodyOf(api.GET('/api/me'))) as Me;
  } catch (error) {
    if (!isSignedOut(error)) throw error;
    me.value = null;
  }
}

/** How often the share code was renewed since the app was opened: a browser shows a picture again that has the same address. */
export const renewals = signal(0);

/** Asks for a new share code in the place of the present one, and returns it. */
export async function renewShareCode(): Promise<string> {
  const renewed = await bodyOf(api.POST('/api/me/share-code'));
  renewals.value += 1;
  if (me.value) me.value = { ...me.value, ...renewed };
  return renewed.share_code;
}

/** Whether the server refused because nobody is signed in. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 401;
}

/** Shows the sign-in in place of the page; signing in brings that page back. */
export function askToSignIn(): void {
  sessionEnded.value = Boolean(me.value);
  me.value = null;
}

/** Signs in, then loads the page anew, so that nothing read by whoever was here before stays in memory. */
export async function signIn(email: string, password: string): Promise<void> {
  await api.POST('/api/auth/login', { body: { email, password } });
  if (location.pathname.startsWith(ROSTER_PATH)) location.reload();
  else location.replace(ROSTER_PATH);
}

/** Signs out and loads the app anew, so that no patient's data stays in memory. */
export async function signOut(): Promise<void> {
  await api.POST('/api/auth/logout', { body: {} });
  location.replace(SIGN_IN_PATH);
}
