import answers from '../answers/en';

const en = {
  title: 'The plan',
  answers,
  none: 'There is no trial',
  noneText: 'Your diary works without one. A trial compares nights with and without stockings.',
  begin: 'Look at a trial',
  again: 'Look at a new trial',
  earlier: 'Earlier trials',
  phases: {
    ahead: (day: string) => `This is your plan. It starts on ${day}.`,
    running: 'This is your plan. Follow it as well as you can, and write down what you really wore.',
    stopped: 'You stopped this trial. Nothing more is planned.',
    finished: 'This trial finished early. Nothing more is planned.',
    over: 'This trial is over. Thank you for every night.',
  },
  legend: 'What the marks mean',
  legendOn: { any: 'Stockings on', day: 'Stockings on by day', night: 'Stockings on in bed' },
  legendOff: { any: 'No stockings', day: 'No stockings by day', night: 'No stockings in bed' },
  legendNothing: 'Nothing planned',
  legendPlanned: { on: 'Planned with stockings', off: 'Planned without' },
  cellPlanned: (assigned: boolean | null): string => (assigned === null ? 'nothing planned' : assigned ? 'planned with stockings' : 'planned without'),
  facts: 'About this trial',
  design: 'How it is built',
  designs: {
    pairs: (nights: number, blocks: number) =>
      `${blocks / 2} pairs. Each pair has ${nights} nights in a row with stockings and ${nights} without. Chance decided which come first.`,
    blocks: (nights: number, blocks: number) => `${blocks} blocks of ${nights} nights. Half of them are with stockings. Chance decided the order.`,
    before_after: (nights: number) => `First ${nights} nights without stockings, then ${nights} with them. This can only give a hint.`,
  },
  exposure: 'What it tests',
  exposures: { any: 'Wearing stockings, by day or in bed', day: 'Wearing stockings by day', night: 'Wearing stockings in bed' },
  dates: 'When',
  answer: 'When the answer comes',
  untilThen: 'Until then nothing is shown, so that the trial stays fair.',
  drawn: 'How it was drawn',
  drawnOn: (date: string) => `Drawn once, on ${date}, before the first night. Nothing redraws it.`,
  notDrawn: 'Nothing was drawn. The order is always the same.',
  seed: 'Seed of the draw',
  expectation: 'What you expected',
  expected: (n: number) => `Before the start you said ${n} of 10.`,
  stopped: 'Stopped',
  move: {
    open: 'Move the start',
    title: 'Move the start?',
    text: 'You can do this once. The plan is not drawn again: its order stays as it is.',
    day: 'New first day',
    chosen: (day: string) => `It then starts on ${day}.`,
    bounds: (first: string, last: string) => `Choose a day from ${first} to ${last}.`,
    same: (day: string) => `It starts on ${day} already. Choose another day.`,
    fixed: 'This start cannot be moved any more.',
    keep: 'Leave it',
    yes: 'Move it',
  },
  stop: {
    open: 'Stop the trial early',
    title: 'Stop the trial?',
    text: (day: string) =>
      `From today on nothing is planned. Your diary goes on. The comparison still opens, at the latest after the planned end, ${day}, with the nights you have. A stopped trial cannot go on later.`,
    why: 'Why do you stop?',
    reasons: {
      trouble: 'The stockings hurt or cause trouble',
      advice: 'My doctor advised it',
      hard: 'Wearing them is too hard',
      life: 'Illness or travel',
      enough: 'I do not want to go on',
      other: 'Another reason',
    },
    words: 'In your own words',
    needReason: 'Choose a reason, or write one.',
    keep: 'Go on with it',
    yes: 'Stop it',
  },
};

/** What every language must say of the plan. */
export type PlanTexts = typeof en;
export default en;
