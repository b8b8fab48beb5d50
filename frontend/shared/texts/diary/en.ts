import { counter } from '../plural';

const count = counter('en');
const cramps = (n: number) => count(n, { one: 'cramp', other: 'cramps' });
const nights = (n: number) => count(n, { one: 'night', other: 'nights' });

const en = {
  name: 'Charley',
  skip: 'Skip to the page',
  count: { cramps, nights },
  nav: { label: 'Places', today: 'Today', nights: 'Nights', result: 'Result', me: 'Me' },
  close: 'Close',
  cancel: 'Cancel',
  loading: 'One moment',

  state: {
    label: 'State of your entries',
    saved: 'Saved on this phone',
    sent: 'Sent',
    allSent: 'All sent',
    attention: 'Needs attention',
    refused: {
      notBegun: 'For the server this night has not begun. Check the date on the phone. If it was wrong, delete this entry and fill in the right night. If it is right, leave the entry. Charley tries again by itself.',
      tooLarge: 'It is too long. Shorten the note and save again.',
      invalid: 'One answer does not fit. Check the answers and save again.',
      other: 'Try “Send now” under Me. If it stays like this, save the entry as a file there and tell your clinic.',
    },
    explain: {
      saved: 'Your entry is safe on this phone. It will be sent as soon as the server takes it.',
      sent: 'Your entry is stored here and on the server.',
      attention: 'The server did not take this entry. It is still safe on this phone.',
      combined: 'This night was also changed on another device. Both entries were put together. Please check that it is right.',
    },
  },

  connection: {
    full: 'This phone has no room left, so nothing new can be kept. What you typed is still on the screen. Make room on the phone, then save again.',
    clock: (now: string) => `The clock of this phone seems to be wrong: it shows ${now}. Set it in the settings of the phone, and check which night you fill in. If it is right, the server’s clock is wrong: go on, and tell your clinic.`,
    offline: 'No connection. You can go on: entries are kept on this phone.',
    signedOut: 'Sign in again to send your entries. They are safe on this phone.',
    signIn: 'Sign in',
    noAccount: 'I have no account any more',
    phone: 'This phone did not let Charley read or keep entries just now. Close Charley and open it again.',
    trouble: 'The server could not take your entries just now. They are safe on this phone. Charley tries again by itself.',
  },

  update: { ready: 'A new version of Charley is ready.', apply: 'Use it now', later: 'Later' },

  problem: {
    missing: 'This page is not on the phone yet',
    missingText: 'It needs a connection the first time.',
    again: 'Try again',
    title: 'Something went wrong',
    text: 'Close Charley and open it again. If this page comes back, tell your clinic.',
    reload: 'Open again',
    notFound: 'There is no such page',
    notFoundText: 'The link may be old. Your diary is under Today.',
    offline: 'This needs a connection. Try again when you have one.',
    server: 'The server could not answer. Try again in a minute.',
    phone: 'This phone could not do that. Close Charley, open it again and try once more.',
    tooMany: 'Too many tries. Wait a few minutes, then try again.',
  },

  help: {
    open: 'Get help',
    title: 'When to get help',
    watched: 'Nobody watches these pages around the clock.',
    call: (number: string) => `Call ${number}`,
    callUnknown: 'Call your emergency number: 112 or 911 in many countries.',
    country: 'Set your country under Me to see your own emergency number here.',
  },

  password: { show: 'Show', hide: 'Hide', reveal: 'Show the password' },

  invitation: { text: 'You opened a link to share your diary with a physician.', open: 'Read and decide' },

  today: {
    title: 'How was last night?',
    isOver: 'Is the night over?',
    up: 'I am up',
    upHint: 'Then Charley asks how it was.',
    goesOn: 'The night is not over',
    titleOther: 'How was this night?',
    earlier: 'Earlier night',
    later: 'Later night',
    night: 'Night',
    none: 'No cramps',
    some: 'I had cramps',
    howMany: 'How many cramps?',
    change: 'Change',
    missing: (weekday: string) => `${weekday} night is not recorded.`,
    add: 'Add it',
    leave: 'Leave it',
    crampNow: 'Cramp now',
    timerRuns: 'The cramp timer is running',
    stepsOpen: (n: number) => count(n, { one: 'step is open', other: 'steps are open' }),
    firstSteps: 'Your first day',
    waits: { stockings: 'I have the stockings now', asking: 'I have asked now' },
    firstDay: 'Each morning, one question. It takes a few seconds.',
    thanks: 'Thank you. That is all for this night.',
    thanksWorn: 'It is written down that you wore stockings. Please leave them off for now.',
    openTonight: 'Record the night that begins today',
  },

  marked: {
    told: (n: number) => `You marked ${cramps(n)} in the night.`,
    ask: (n: number) => `You marked ${cramps(n)} in the night. ${n === 1 ? 'Was it' : 'Were they'} a mistake?`,
    none: 'Yes, I had no cramps',
    pending: (n: number) => `You marked ${cramps(n)} that ${n === 1 ? 'is' : 'are'} not in this night yet.`,
    add: 'Add',
    leaveOut: 'Leave out',
  },

  plan: {
    title: 'Your plan',
    on: { any: 'Stockings on', day: 'Stockings on by day', night: 'Stockings on in bed tonight' },
    off: { any: 'No stockings', day: 'No stockings by day', night: 'No stockings in bed tonight' },
    when: { any: 'By day, in bed, or both', day: 'From getting up until bedtime', night: 'From bedtime until you get up' },
    tonight: 'Tonight',
    nothingInBed: 'Nothing planned in bed',
    fromMorning: (day: string) => `From this morning, ${day}`,
    fromEvening: (day: string) => `In the evening, ${day}`,
    next: {
      on: { any: 'stockings on', day: 'stockings on by day', night: 'stockings on in bed' },
      off: { any: 'no stockings', day: 'no stockings by day', night: 'no stockings in bed' },
    },
    cell: (assigned: boolean | null): string => (assigned === null ? 'nothing planned' : assigned ? 'stockings on' : 'no stockings'),
    ahead: (day: string) => `Your trial starts on ${day}.`,
    stopped: 'You stopped the trial. Nothing is planned for tonight.',
    finished: 'Your trial finished early: the answer is clear enough. Nothing is planned for tonight.',
    over: 'Your trial is over. Thank you for every night. Nothing is planned for tonight.',
    leaveOff: 'Leave the stockings off for now',
    leaveOffText: 'Your safety answers speak against stockings. If you wear them, take them off. Ask your doctor before you put them on again.',
    leaveOffTold: (what: string, night: string) => `You told of: ${what} (${night}). If you wear them, take them off, and ask your doctor.`,
    gone: 'It is gone',
    asked: 'I have asked, and may wear them',
    cellOff: 'leave them off for now',
    askFirst: 'Ask first, before you wear stockings',
    askFirstText: 'Your safety answers say that a doctor or nurse should agree first.',
    leaveOffWhy: 'See why, and whom to ask',
    leaveOffPlan: 'The plan stays as it was drawn. Do not follow it for now.',
    all: 'The whole plan',
    result: 'See the result',
  },

  advice: {
    emergency: 'If you are short of breath now, call for help at once. If it has passed, see a doctor today.',
    long: 'More than 10 minutes is long for a cramp. Tell your doctor about it. If it is still there, get medical help at once.',
    stop: 'Take the stockings off, and ask your doctor before you put them on again.',
  },

  form: {
    cramp: (n: number) => `Cramp ${n}`,
    worn: 'Worn',
    notWorn: 'Not worn',
    unknown: 'Don’t know',
    yes: 'Yes',
    no: 'No',
    notAnswered: 'Not answered',
    problemNames: {
      itch: 'Itching',
      discomfort: 'Uncomfortable',
      pain: 'Pain',
      tight: 'Too tight',
      heat: 'Too warm',
      donning: 'Hard to put on',
      skin: 'Sore skin',
      numb: 'Numb toes',
      cold_or_color: 'Cold, white or blue toes',
      swelling: 'Swelling',
      breathless: 'Short of breath',
      other: 'Other',
    },
    outOfRange: (low: string, high: string) => `Enter a number from ${low} to ${high}.`,
    fixFirst: 'One answer needs a look before saving.',
    stockingWords: {
      both: 'stockings worn day and night',
      day: 'stockings worn by day',
      night: 'stockings worn in bed',
      none: 'no stockings',
      noneByDay: 'no stockings by day',
      noneInBed: 'no stockings in bed',
      unknown: 'stockings not answered',
    },
    notSaved: 'This could not be saved on the phone. Check that the phone has free storage, then try again.',
  },

  words: {
    none: 'No cramps',
    cramps,
    notRecorded: 'Not recorded',
  },
};

/** What every language of the diary must say. */
export type DiaryTexts = typeof en;
export default en;
