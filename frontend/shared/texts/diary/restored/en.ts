import { counter } from '../../plural';

const count = counter('en');
const nights = (n: number) => count(n, { one: 'night', other: 'nights' });

const en = {
  notice: {
    title: 'Your clinic’s server was restored',
    text: 'Your nights are safe on this phone.',
    open: 'See what to do',
  },
  question: { text: (n: number) => `${nights(n)} from an older account ${n === 1 ? 'is' : 'are'} on this phone.`, open: 'Look and decide' },
  lost: {
    title: 'Your clinic’s server was restored',
    text: 'Something broke there, and an older copy of the data was put back. Your account is newer than that copy, so the server does not know it. You did nothing wrong.',
    safe: (n: number, dates: string) => `${nights(n)}, ${dates}, ${n === 1 ? 'is' : 'are'} safe on this phone.`,
    how: 'What to do',
    steps: [
      'Make a new account. You can use the same e-mail and the same password.',
      'Charley then asks if the nights on this phone are yours. Say yes, and they come along.',
      'Fill in your first day again. Your plan and what you shared are not on this phone.',
    ],
    other: 'Did you make the new account on another phone? Then sign in with it here.',
    meanwhile: 'Until then you can go on filling in your nights here.',
    go: 'Make a new account',
    stay: 'Back to my diary',
  },
  mine: {
    title: 'Are these nights yours?',
    nights: (n: number, dates: string) => `${nights(n)}, ${dates}`,
    text: 'They are on this phone, from an account that was lost when the server was restored.',
    yes: 'These are mine',
    yesHint: 'They come into your new diary. If you have filled in one of these nights there too, both are put together.',
    no: 'They are not mine',
    noHint: 'They stay on this phone as they are. You are not asked again.',
    taking: 'One moment…',
    failed: 'The nights could not be taken over. Nothing is lost. Try again.',
  },
  taken: {
    title: 'Your nights are back',
    text: (n: number) => `${nights(n)} ${n === 1 ? 'is' : 'are'} in your diary now. Charley sends ${n === 1 ? 'it' : 'them'} to the server by itself.`,
    go: 'Go on',
  },
  nothing: { title: 'Nothing to decide', text: 'No nights on this phone wait for an answer.', go: 'Back to my diary' },
};

/** What every language must say after a restore that lost an account. */
export type RestoredTexts = typeof en;
export default en;
