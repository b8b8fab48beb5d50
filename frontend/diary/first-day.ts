import { signal } from '@preact/signals';

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
