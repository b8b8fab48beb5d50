import { counter } from '../../plural';

const count = counter('en');
const unsent = (n: number) => `${count(n, { one: 'entry is', other: 'entries are' })} not sent yet.`;

const en = {
  me: {
    title: 'Me',
    entries: 'Your entries',
    allSent: 'Everything you recorded is stored on the server.',
    onlyHere: 'Your nights are on this phone only. The server does not have them any more.',
    noEntries: 'No night is recorded yet.',
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
      ahead: (day: string) => `Starts on ${day}.`,
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
    signOut: {
      title: 'Sign out',
      text: 'Your diary is removed from this phone. It stays on the server.',
      ifUnsent: 'Your diary is removed from this phone. Unsent entries have to be sent or saved first.',
      blocked: (n: number) => `${unsent(n)} Signing out would remove ${n === 1 ? 'it' : 'them'} from this phone.`,
      exported: 'The file is saved. Signing out now removes the unsent entries from this phone.',
      unsaved: 'Something you typed or marked is not saved yet. Signing out removes it:',
      anyway: 'Sign out and remove the unsent entries',
    },
    removal: {
      title: 'Remove the diary from this phone',
      text: 'What was sent stays on the server, as long as your account exists.',
      ifUnsent: 'If you have no account any more, save the unsent entries as a file. Then you can remove the diary from this phone.',
      blocked: (n: number) => `${unsent(n)} ${n === 1 ? 'It' : 'They'} would be removed too.`,
      exported: 'The file is saved. Removing the diary now removes the unsent entries too.',
      unsaved: 'Something you typed or marked is not saved yet. It would be removed too:',
      anyway: 'Remove the diary and the unsent entries',
    },
    signInToSend: 'Sign in again to send your entries',
    signOutOffline: 'You need a connection to sign out.',
  },
};

/** What every language must say of the person. */
export type MeTexts = typeof en;
export default en;
