import { counter } from '../../plural';

const count = counter('en');

const en = {
  title: 'Sharing',
  state: {
    nobody: 'Only you can see your diary',
    shared: (n: number) => `Shared with ${count(n, { one: 'physician', other: 'physicians' })}`,
    unknown: 'Who can see your diary',
  },

  list: 'Who can see your diary',
  nobody: 'Only you can see your diary.',
  since: (date: string) => `Since ${date}`,
  ended: 'No longer shared',
  endedOn: (date: string) => `Ended ${date}`,
  stop: 'Stop sharing',
  stopTitle: (name: string) => `Stop sharing with ${name}?`,
  stopText: 'From now on this physician cannot open your diary. What was printed or saved before stays there.',
  stopped: (name: string) => `${name} can no longer see your diary.`,

  add: 'Share with your physician',
  addText: 'Your physician gives you a code, or a picture that your phone’s camera can read. You see the name first. Then you decide.',
  code: 'Code from your physician',
  codeHint: 'Eight letters and numbers. Large or small letters are both fine.',
  look: 'Look up the code',
  looking: 'Looking up the code',
  unknown: 'No physician has this code. Check it with your physician.',
  mistyped: 'This code has a typing mistake. Check it letter by letter.',
  renewed: 'This text was changed a moment ago. Please read it again.',
  offline: 'Sharing needs a connection. Try again when you have one.',
  keptCode: 'The code is kept on this phone.',

  confirm: (name: string) => `Share your diary with ${name}?`,
  read: 'Please read this first:',
  agree: (name: string) => `I agree: share with ${name}`,
  decline: 'Do not share',
  done: (name: string) => `${name} can now see your diary.`,
  declined: 'Nothing was shared.',

  log: 'Who looked at what',
  logEmpty: 'Nobody has looked at your diary.',
  logOffline: 'This list is on the server. Open it again when you have a connection.',
  logMore: 'Show earlier days',
  logLine: (who: string, what: string) => `${who} looked at ${what}`,
  logFile: (who: string, what: string) => `${who} saved ${what}`,
  logTimes: (times: string) => `At ${times}`,
  looked: {
    roster: 'the patient list, with your result',
    nights: 'your nights',
    result: 'your result',
    trials: 'your trials',
    health: 'your answers about your health',
    'chart timeline': 'the chart of your nights',
    'chart comparison': 'the chart of your result',
    'chart calendar': 'your calendar',
    'chart overview': 'the chart of all patients, with your result',
    report: 'the report for your visit',
    history: 'every change you made to a night',
    'patient report': 'the page for you, from the report',
    other: 'something in your diary',
  },
  saved: {
    'nights.csv': 'a file of your nights',
    'cramps.csv': 'a file of your cramps',
    fhir: 'a file for the clinic’s records',
    'visit.zip': 'all files for your visit',
  },
};

/** What every language must say of sharing. */
export type SharingTexts = typeof en;
export default en;
