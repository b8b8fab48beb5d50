import { signal } from '@preact/signals';
import type { Screening } from '../shared/api/types';
import type { DiaryStore } from './store/store';

/** The steps of the first day, in the order in which they are offered. */
export const sections = ['profile', 'safety', 'health', 'stockings', 'trial', 'reminders', 'install'] as const;
export type Section = (typeof sections)[number];

/** How far a person has come on this phone. */
export interface FirstDay {
  done: Section[];
  /** Left for later by the person. */
  later: Section[];
  /** Answered, and still to be sent. */
  waiting: Section[];
  /** What the wishes for a plan wait for, where they do. */
  waits?: Waits | undefined;
}

/** A plan is drawn once there are stockings, or once a clinician was asked. */
export type Waits = 'stockings' | 'asking';

/** The first day of the person whose diary is open; null where it never began on this phone. */
export const firstDay = signal<FirstDay | null>(null);

/** Whether the person has just made an account and should meet the first day before the diary. */
export const newcomer = signal(false);

/** Steps that are neither done nor left for later. */
export const openSections = (day: FirstDay): Section[] => sections.filter((each) => !day.done.includes(each) && !day.later.includes(each));

/** Sends answers of the first day that found no connection; loads what that needs only when there are some. */
export async function sendKeptAnswers(store: DiaryStore): Promise<void> {
  if (!firstDay.value?.waiting.length) return;
  // Without the connection that this part of the app comes by nothing could be sent either.
  const part = await import('./start/send').catch(() => null);
  await part?.sendWaiting(store);
}

/** Learns which open steps were done on another phone; loads what that needs only while such are open. */
export async function learnSteps(store: DiaryStore, screening: Screening): Promise<void> {
  // Only this phone can tell whether it has the app on its home screen.
  if (!firstDay.value || openSections(firstDay.value).every((section) => section === 'install')) return;
  // Without the connection that this part of the app comes by there is nothing to learn either.
  const part = await import('./start/progress').catch(() => null);
  await part?.learnMarks(store, screening);
}

/** The browser's offer to put Charley on the home screen; it comes once, early, and is kept for the step that shows it. */
export interface InstallOffer extends Event {
  prompt(): Promise<void>;
  userChoice: Promise<{ outcome: 'accepted' | 'dismissed' }>;
}
export const installOffer = signal<InstallOffer | null>(null);

if (typeof addEventListener === 'function') {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    installOffer.value = event as InstallOffer;
  });
}
