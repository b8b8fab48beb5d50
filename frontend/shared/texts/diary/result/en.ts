import { localeOf } from '../../../preferences';
import { counter } from '../../plural';
import answers from '../answers/en';

const count = counter('en');
const number = new Intl.NumberFormat(localeOf('en'), { maximumFractionDigits: 1 });
const percent = (share: number) => `${Math.round(share * 100)}%`;
const nights = (n: number) => count(n, { one: 'night', other: 'nights' });

/** "about 60% fewer", "twice as many", of a rate ratio. */
function change(rr: number): string {
  if (rr >= 1.95) return `${number.format(rr)} times as many`;
  if (Math.abs(rr - 1) < 0.005) return 'just as many';
  if (rr < 0.005) return 'almost none';
  return rr < 1 ? `${percent(1 - rr)} fewer` : `${percent(rr - 1)} more`;
}

/** How many with stockings stand against ten without. */
function ofTen(rr: number): string {
  const n = Math.round(10 * rr);
  return n < 1 ? 'fewer than 1' : number.format(n);
}

/** The same as a guess. */
const about = (rr: number) => (10 * rr < 0.5 ? ofTen(rr) : `about ${ofTen(rr)}`);

/** "between 3 and 11", of an interval of rate ratios, with a decimal where both ends would else be the same. */
function between(low: number, high: number): string {
  const alike = Math.round(10 * low) === Math.round(10 * high);
  const [first, second] = [low, high].map((rr) => number.format(alike ? 10 * rr : Math.round(10 * rr)));
  return `between ${first} and ${second}`;
}

/** "3 more", "2 fewer", "just as many" nights of ten. */
function difference(share: number): string {
  const n = Math.round(10 * share);
  if (n === 0) return 'just as many';
  return n > 0 ? `${n} more` : `${-n} fewer`;
}

const noMedicine = 'Do not stop any medicine by yourself.';
const otherCauses = 'Cramps can have many causes. Your doctor can look for them.';

const leaveOff = ['Leave the stockings off and talk to your doctor.', otherCauses, 'It can still be useful to have your veins examined.', noMedicine];
const lookFurther = [
  'It can still be useful to have your veins examined. Do so if you have swelling, changes of the skin or veins you can see.',
  'Ask your doctor about other causes: medicines, too little to drink, or things a blood test can show.',
  noMedicine,
];

const en = {
  title: 'Result',
  offline: 'No connection.',
  last: (why: string) => `${why} This is the last result that this phone has seen.`,
  none: 'No result yet',
  noneText: 'Write down your nights, the good ones too. When there are enough of them, the result comes here.',
  noneHeld: 'Charley compares nights with and without stockings. While they stay off there is nothing to compare. Your diary can still help your doctor.',
  noneOffline: 'The result comes from the server. Open this page again when you have a connection.',
  headlines: {
    running: 'Your trial is still running',
    insufficient: 'There is not enough to compare yet',
    help: 'Stockings seem to help you',
    help_unplanned: 'Your own diary: fewer cramps with stockings',
    worse: 'You had more cramps with stockings',
    worse_unplanned: 'Your own diary: more cramps with stockings',
    fewer_unclear: 'Fewer cramps with stockings, cause unclear',
    more_unclear: 'More cramps with stockings, cause unclear',
    no_clear_difference: 'Not clear if stockings make a difference',
    much_alike: 'Nights with and without stockings were much alike',
  },
  aheadTrial: {
    headline: 'Your trial has not begun yet',
    lead: 'Charley shows no result before the planned day. If one looks early, chance can look like a result.',
    next: ['Write down your nights until then, too. They help your doctor.'],
  },
  stoppedTrial: {
    headline: 'Your trial was stopped',
    lead: 'Charley shows no result before that day. If one looks early, chance can look like a result.',
    next: ['The nights until you stopped count.', 'Your diary goes on. Write down each night, the good ones too.'],
  },
  held: {
    running: {
      headline: 'Your trial goes on by the calendar',
      lead: 'Leave the stockings off for now, whatever the plan says. Charley shows no result before the planned day.',
      next: ['Your diary goes on. Write down each night as it was.'],
    },
    insufficient: {
      headline: 'Nothing to compare for now',
      lead: 'Charley compares nights with and without stockings. While they stay off there is nothing new to compare.',
      next: ['Your diary can still help your doctor. Write down each night as it was.'],
    },
  },
  endedShort: {
    headline: 'There was not enough to compare',
    lead: 'No answer is better than a wrong one. This is what was missing:',
    next: ['A new trial can give an answer, if each night is written down.', 'You can talk to your doctor about your cramps at any time.'],
    again: 'Look at a new trial',
  },
  collecting: 'Charley is collecting nights',
  leads: {
    running: 'Charley shows no result before the planned day. If one looks early, chance can look like a result. Just go on.',
    insufficient: 'No answer is better than a wrong one. This is what is still missing:',
    help: 'You had clearly fewer cramps on the nights with stockings.',
    help_unplanned: 'This was no trial: you chose the nights yourself, chance did not. You had fewer cramps on the nights with stockings. Something else may be the reason.',
    worse: 'You had clearly more cramps on the nights with stockings.',
    worse_unplanned: 'This was no trial: you chose the nights yourself, chance did not. You had more cramps on the nights with stockings. Something else may be the reason.',
    fewer_unclear: 'You had fewer cramps when you wore stockings. We cannot tell why. Something else may have changed at the same time.',
    more_unclear: 'You had more cramps when you wore stockings. We cannot tell why. Something else may have changed at the same time.',
    no_clear_difference: 'The difference may be large, small or none. These nights cannot tell. This does not show that stockings do nothing.',
    much_alike: 'If there is a difference, it is small. This does not show that stockings do nothing.',
  },
  stopped: (day: string) => `You stopped this trial on ${day}. Its result still opens on the planned day.`,
  answers,
  passed: (have: number, want: number) => `Nights passed: ${have} of ${want}`,

  ratio: (rr: number) => `For every 10 cramps without stockings, ${about(rr)} with them.`,
  interval: (low: number, high: number) => `The true number may be anywhere ${between(low, high)}.`,
  intervalNote: 'A range like this is right in about 95 of 100 trials.',
  touchesSame: 'The range reaches “same”. So the true difference may be small, or none.',
  // What does not break keeps the words under neighboring ticks apart.
  axis: { half: 'half as\u00a0many', same: 'same', double: 'twice as\u00a0many' },
  beyond: {
    low: (end: number) => `The arrow shows that the range goes on past the picture: down to ${ofTen(end)} for every 10 without.`,
    high: (end: number) => `The arrow shows that the range goes on past the picture: up to ${ofTen(end)} for every 10 without.`,
  },
  axisFewer: 'fewer cramps',
  axisMore: 'more cramps',
  asTable: 'The picture as a table',
  tableChange: 'Cramps with stockings',
  tablePoint: 'Our best guess',
  tableRange: 'May be as low as',
  tableRangeHigh: 'May be as high as',
  change,

  notTitle: 'What it does not mean',
  not: {
    favorable: 'It is not a diagnosis. It does not show that you have a vein disease. You knew when you wore stockings, and hope alone can change a night. Only an examination by a vein specialist can tell.',
    other: 'It is not a diagnosis. It does not show if your veins are well or ill. Only an examination by a vein specialist can tell.',
  },

  against: 'Most leg troubles have another cause, even where veins are ill. Stockings with no real pressure can make legs feel better, too.',

  nextTitle: 'What to do next',
  next: {
    running: ['Write down each night, the good ones too.', 'A night that is missing makes the answer weaker.'],
    insufficient: ['Go on writing down your nights, the good ones too.', 'You can talk to your doctor about your cramps at any time.'],
    help: [
      'This may be worth raising with a vein specialist. It is not a diagnosis.',
      'The specialist can look at your veins with an ultrasound scan.',
      'Before you wear stockings for longer, have the blood flow in your legs tested.',
      otherCauses,
      noMedicine,
    ],
    help_unplanned: [
      'A trial in which chance picks the nights can tell more.',
      'You can also raise it with a vein specialist now. It is not a diagnosis.',
      'Before you wear stockings for longer, have the blood flow in your legs tested.',
      otherCauses,
      noMedicine,
    ],
    worse: leaveOff,
    worse_unplanned: leaveOff,
    fewer_unclear: [
      'A trial in which chance picks the nights can tell more.',
      'You can also raise it with a vein specialist now. It is not a diagnosis.',
      otherCauses,
      noMedicine,
    ],
    more_unclear: [
      'Talk to your doctor before you go on with stockings.',
      'A trial in which chance picks the nights can tell more.',
      'It can still be useful to have your veins examined.',
      noMedicine,
    ],
    no_clear_difference: lookFurther,
    much_alike: lookFurther,
  },
  safety: {
    screen: 'Your safety answers say: no stockings for now.',
    night: 'Something you told says: leave the stockings off for now.',
    ask: 'Your safety answers say: ask first, before you wear stockings.',
    stays: 'This result does not change that.',
    see: { screen: 'See your safety answers', night: 'See why', ask: 'See your safety answers' },
    first: 'Do not wear stockings before you have asked a doctor.',
    next: ['Show this result to your doctor.', otherCauses, noMedicine],
  },
  helpText: 'Chest pain, a cold leg, numb toes, new swelling? Do not wait for a result.',

  gradeTitle: 'How far to trust it',
  grades: {
    A: 'Grade A, the strongest. Chance picked the nights with stockings, and often enough for a strict test.',
    B: 'Grade B, good. Chance picked the nights with stockings, but not often enough for the strictest test.',
    C: 'Grade C, weaker. Chance did not pick the nights with stockings. Something else may have changed along with them.',
    D: 'Grade D, weak. Nights from one time stand against nights from another. Cramps come and go by themselves, so this can never prove a thing.',
  },
  methods: {
    exact: 'Your nights were held against every other order that chance could have picked.',
    monte_carlo: 'Your nights were held against thousands of other orders that chance could have picked.',
    staged: 'The days for a look were set before the start. So an early look does not make chance look like a result.',
    model_trend: 'We allowed for cramps that slowly get better or worse by themselves.',
    model_adjusted: 'We allowed for cramps that slowly change by themselves, for weekends, and for the night before.',
  },
  noStudy: 'No finished study of stockings for night cramps was found.',
  idea: 'Charley tests the idea of one vein doctor.',
  worn: (kept: number, of: number) => `You wore stockings on ${kept} of ${of} stocking nights.`,
  leftOff: (kept: number, of: number) => `You left them off on ${kept} of ${of} other nights.`,
  warningsTitle: 'Please note',
  warnings: {
    finished_early: (n: number) => `Your trial ended early, after ${nights(n)}, as the difference was large. The true one is likely smaller than shown here.`,
    stopped_early: (n: number) => `The result counts ${nights(n)} only. After that the trial was stopped, or nothing was written down.`,
    carry_over: () => 'Without the first night after each change, the answer would be quite different. Stockings may still act a night later.',
    uneven_logging: (gap: number) =>
      `You wrote down a larger share of the nights ${gap > 0 ? 'with' : 'without'} stockings than of the others. That can tilt the result.`,
    low_adherence: (share: number) => `Stockings were worn as planned on only ${percent(share)} of nights.`,
    unknown_wear: (n: number) => `${count(n, { one: 'night is', other: 'nights are' })} left out. We do not know if you wore stockings then.`,
    wear_follows_cramps: () => 'You wore stockings more often after bad nights. After a bad night, cramps often ease by themselves.',
  },

  behind: 'The nights behind it',
  recorded: (n: number) => `${count(n, { one: 'night', other: 'nights' })} recorded in all.`,
  span: (range: string) => `Nights that count: ${range}.`,
  tested: {
    any: '“With stockings” means: worn by day, in bed, or both.',
    day: '“With stockings” means: worn by day, before the night.',
    night: '“With stockings” means: worn in bed.',
  },
  bothWays: ({ otherwise, unknown }: { otherwise: number; unknown: number }) => {
    const other = otherwise > 0 ? ` On ${nights(otherwise)} you did not keep to the plan.` : '';
    const left = unknown > 0 ? ` ${count(unknown, { one: 'night is', other: 'nights are' })} left out of “as worn”: we do not know what you wore.` : '';
    return `As planned and as worn do not count the same nights.${other}${left}`;
  },
  oneWay: 'You wore what was planned on each of these nights. So as planned and as worn are the same.',
  asPlanned: 'As planned',
  asWorn: 'As worn',
  rows: {
    on: 'With stockings',
    off: 'Without stockings',
    nights: 'Nights',
    cramps: 'Cramps',
    week: 'Cramps a week',
    both: 'Set against each other',
    ofTen: 'For every 10 without',
    range: 'The range',
  },
  ofTen,
  between,
  needs: {
    nights_on: (have: number, want: number) => `Nights with stockings: ${have} of at least ${want}.`,
    nights_off: (have: number, want: number) => `Nights without stockings: ${have} of at least ${want}.`,
    cramps: (have: number, want: number) => `Cramps on these nights: ${have} of at least ${want}.`,
  },

  moreTitle: 'What else was compared',
  moreNote: 'These are extras. They do not change the result.',
  freeNights: (share: number) => `Of 10 nights, ${difference(share)} were free of cramps with stockings.`,
  freeRange: (low: number, high: number) => `It may be anywhere between ${difference(low)} and ${difference(high)}.`,
  minutes: (rr: number) => `For every 10 minutes of cramp without stockings, ${about(rr)} with them.`,
  pain: (on: number, off: number) => `Worst pain on a night with cramps: ${number.format(on)} of 10 with stockings, ${number.format(off)} without.`,

  visit: {
    title: 'For your visit',
    text: 'One page to print and take along: your result, and what to ask.',
    open: 'Open the page for my visit',
    offline: 'You need a connection to open this page.',
  },
  share: 'Show it to your physician',
  record: 'Record a night',
};

/** What every language must say of a result. */
export type ResultTexts = typeof en;
export default en;
