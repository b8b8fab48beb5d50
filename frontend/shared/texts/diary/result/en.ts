import { counter } from '../../plural';

const count = counter('en');
const percent = (share: number) => `${Math.round(share * 100)}%`;
const times = (ratio: number) => `${ratio.toLocaleString('en', { maximumFractionDigits: 1 })} times as many`;
const nights = (n: number) => count(n, { one: 'night', other: 'nights' });

/** "about 40% fewer" of a rate ratio. */
function ratio(rr: number): string {
  if (rr >= 1.95) return times(rr);
  if (Math.abs(rr - 1) < 0.005) return 'just as many';
  return rr < 1 ? `${percent(1 - rr)} fewer` : `${percent(rr - 1)} more`;
}

const en = {
  title: 'Result',
  offline: 'This is the last result this phone has seen.',
  none: 'No result yet',
  noneText: 'Record your nights. When enough of them are there, the comparison appears here.',
  noneOffline: 'The result comes from the server. Open this page again when you have a connection.',
  recorded: (n: number) => `${nights(n)} recorded`,
  headlines: {
    running: 'The comparison is still running',
    insufficient: 'There is not enough to compare yet',
    help: 'Stockings seem to help you',
    worse: 'You had more cramps with stockings',
    fewer_unclear: 'Fewer cramps with stockings, cause unclear',
    more_unclear: 'More cramps with stockings, cause unclear',
    no_clear_difference: 'No clear difference',
  },
  leads: {
    running: 'Charley shows nothing before the planned day. Looking early would make chance look like a result. Just go on.',
    insufficient: 'No answer is better than a wrong one. This is what is still missing:',
    help: 'You had clearly fewer cramps on the nights with stockings.',
    worse: 'You had clearly more cramps on the nights with stockings.',
    fewer_unclear: 'You had fewer cramps while wearing stockings. We cannot tell why: something else may have changed at the same time.',
    more_unclear: 'You had more cramps while wearing stockings. We cannot tell why: something else may have changed at the same time.',
    no_clear_difference: 'The nights with and without stockings were too alike to tell apart. This does not show that stockings do nothing.',
  },
  ratio: (rr: number) => (rr >= 1.95 || Math.abs(rr - 1) < 0.005 ? `With stockings: ${ratio(rr)} cramps` : `With stockings: about ${ratio(rr)} cramps`),
  interval: (low: number, high: number) => `The true figure may lie anywhere from ${ratio(low)} to ${ratio(high)}.`,
  intervalNote: 'This range is a 95% interval from a statistical model.',
  axis: { half: 'half as many', same: 'same', double: 'twice as many' },
  axisFewer: 'fewer cramps',
  axisMore: 'more cramps',
  behind: 'The nights behind it',
  tableWith: 'With stockings',
  tableWithout: 'Without stockings',
  tableNights: 'Nights',
  tableCramps: 'Cramps',
  tableRate: 'Cramps per week',
  gradeTitle: 'How far to trust it',
  grades: {
    A: 'Grade A, the strongest. Chance decided which nights had stockings, and there were enough turns for an exact test.',
    B: 'Grade B, good. Chance decided which nights had stockings, but there were few turns.',
    C: 'Grade C, weaker. You wore stockings on some nights and not on others, as it came. Something else may have changed along with them.',
    D: 'Grade D, weak. Nights before are compared with nights after. Cramps come and go by themselves, so this can never prove anything.',
  },
  notTitle: 'What it does not mean',
  not: {
    favorable: 'This is not a diagnosis. It does not show that you have a vein disease. You knew when you wore stockings, and hope alone can change how a night feels.',
    other: 'This is not a diagnosis. It does not show that your veins are healthy or ill.',
  },
  nextTitle: 'What to do next',
  next: {
    running: ['Record each night, the good ones too. Missing nights make the answer weaker.'],
    insufficient: ['Go on recording, the good nights too.', 'You can talk to your doctor about your cramps at any time.'],
    help: [
      'This may be worth raising with a vein specialist. An ultrasound scan of the veins can show more.',
      'Before you wear stockings for longer, have the blood flow in your legs checked.',
      'Do not stop any medicine by yourself.',
    ],
    worse: ['Leave the stockings off and talk to your doctor.', 'Cramps have many causes. Your doctor can look for them.', 'Do not stop any medicine by yourself.'],
    fewer_unclear: ['A trial in which chance decides the nights can tell more.', 'You can also raise it with a vein specialist now.', 'Do not stop any medicine by yourself.'],
    more_unclear: ['Talk to your doctor before you go on wearing stockings.', 'A trial in which chance decides the nights can tell more.', 'Do not stop any medicine by yourself.'],
    no_clear_difference: [
      'An examination still has value. Ask your doctor about other causes, such as medicines, too little fluid or blood values.',
      'If you have swelling, skin changes or visible veins, see a vein specialist.',
      'Do not stop any medicine by yourself.',
    ],
  },
  methods: {
    exact: 'The nights were compared with every other order of nights that chance could have picked.',
    monte_carlo: 'The nights were compared with thousands of other orders of nights that chance could have picked.',
    staged: 'The days of the looks were set before the start. So a look along the way does not make chance look like a result.',
    model_trend: 'The comparison allows for cramps that slowly get better or worse by themselves.',
    model_adjusted: 'The comparison allows for cramps that slowly change by themselves, for weekends, and for the night before.',
  },
  warningsTitle: 'Please note',
  needs: {
    planned_end: (have: number, want: number) => `${have} of ${nights(want)} have passed. The comparison opens after the last one.`,
    first_look: (have: number, want: number) => `${have} of ${nights(want)} have passed. The first look comes after the last one.`,
    next_look: (have: number, want: number) => `${have} of ${nights(want)} have passed. The next look comes after the last one.`,
    nights_on: (have: number, want: number) => `Nights with stockings: ${have} of at least ${want}.`,
    nights_off: (have: number, want: number) => `Nights without stockings: ${have} of at least ${want}.`,
    cramps: (have: number, want: number) => `Cramps on the compared nights: ${have} of at least ${want}.`,
  },
  warnings: {
    finished_early: (n: number) => `The trial finished early, after ${nights(n)}, because the difference was large. The true difference is likely smaller than the one shown here.`,
    stopped_early: (n: number) => `Only the nights up to night ${n} are compared. The trial was stopped then, or nothing was recorded later.`,
    carry_over: () => 'Without the first night after each change, the answer would be clearly different. The nights before may still have an effect.',
    uneven_logging: (gap: number) =>
      `Nights ${gap > 0 ? 'with' : 'without'} stockings were recorded more often than nights ${gap > 0 ? 'without' : 'with'}. That can tilt the comparison.`,
    low_adherence: (share: number) => `Stockings were worn as planned on ${percent(share)} of nights only.`,
    unknown_wear: (n: number) => `${count(n, { one: 'night is', other: 'nights are' })} left out, because it is not known whether stockings were worn.`,
    wear_follows_cramps: () => 'You wore stockings more often after bad nights. After a bad night, cramps often ease by themselves.',
  },
};

/** What every language must say of a result. */
export type ResultTexts = typeof en;
export default en;
