import { counter } from '../../plural';

const count = counter('en');

const en = {
  me: {
    title: 'Me',
    entries: 'Your entries',
    allSent: 'Everything you recorded is stored on the server.',
    waiting: (n: number) => `${count(n, { one: 'entry waits', other: 'entries wait' })} on this phone to be sent.`,
    attention: (n: number) => `${count(n, { one: 'entry needs', other: 'entries need' })} your attention.`,
    sendNow: 'Send now',
    sending: 'Sending…',
    export: 'Save unsent entries as a file',
    profile: 'About you',
    profileEmpty: 'Add your name and country',
    firstDay: 'Your first day',
    firstDayState: 'Safety questions, stockings, plan',
    firstDayDone: 'No step is open',
    helpState: 'Warning signs and the emergency number',
    name: 'Name',
    birthYear: 'Year of birth',
    country: 'Country',
    countryHint: 'For your emergency number.',
    noCountry: 'Not given',
    usual: 'Cramps in a usual week',
    save: 'Save',
    saved: 'Saved',
    signedInAs: (email: string) => `Signed in as ${email}`,
    reminders: 'Reminders',
    remindersOff: 'Off',
    remindersAt: (times: readonly string[]) => `At ${times.join(' and ')}`,
    planState: {
      none: 'No plan yet',
      ahead: (day: string) => `Starts on ${day}`,
      running: (day: string) => `Until ${day}`,
      stopped: 'Stopped',
      finished: 'Finished early',
      over: 'Over',
    },
    passkeys: 'Sign in without a password',
    passkeysState: 'Fingerprint, face or phone code',
    look: 'Look and language',
    scheme: 'Light or dark',
    schemes: { auto: 'As the phone', light: 'Light', dark: 'Dark' },
    language: 'Language',
    signOut: 'Sign out',
    signOutText: 'Your diary is removed from this phone. It stays on the server.',
    signOutUnsent: (n: number) => `${count(n, { one: 'entry is', other: 'entries are' })} not sent yet. Signing out would remove ${n === 1 ? 'it' : 'them'} from this phone.`,
    signOutExported: 'The file is saved. Signing out now removes the unsent entries from this phone.',
    signOutUnsaved: 'Something you typed or marked is not saved yet. Signing out removes it:',
    noAccount: 'If you have no account any more, save the unsent entries as a file. Then you can remove the diary from this phone.',
    remove: 'Remove the diary from this phone',
    removeText: 'What was sent stays on the server, as long as your account exists.',
    signInToSend: 'Sign in again to send your entries',
    signOutAnyway: 'Sign out and remove the unsent entries',
    signOutOffline: 'You need a connection to sign out.',
  },
};

/** What every language must say of the person. */
export type MeTexts = typeof en;
export default en;
