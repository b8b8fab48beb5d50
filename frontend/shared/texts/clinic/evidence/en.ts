import { counter } from '../../plural';

const count = counter('en');
const nights = (n: number) => count(n, { one: 'night', other: 'nights' });
const list = new Intl.ListFormat('en');

const en = {
  intro: (patients: string, seed: string) =>
    `The comparison was run on ${patients} simulated patients a row (seed ${seed}), each with a schedule and cramps of their own. Smaller groups of the same kinds are simulated and compared whenever the software is tested.`,
  worst: (share: string, scenarios: number) =>
    `Of ${scenarios} kinds of patients whose stockings did nothing, none was flagged with fewer cramps (“stockings seem to help”; without a plan, “own diary, no trial”) more often than ${share} of the time.`,
  alike: (family: string, scenarios: number, share: string) =>
    `Like the patient you came from (${family.toLowerCase()}): ${count(scenarios, { one: 'kind', other: 'kinds' })}, none flagged wrongly more often than ${share} of the time. These rows stand first in each table.`,
  alikeMark: 'like the patient you came from',
  nullTitle: 'When stockings do nothing',
  nullText: 'Every flag in this table is wrong. The interval is right when it holds “same”.',
  biasedTitle: 'What no test can repair',
  biasedText: 'Stockings do nothing here either, but the record itself is tilted. The figures show how far that leads astray.',
  powerTitle: 'When stockings help',
  powerText: 'How often a true effect is flagged. No flag is not the same as no effect.',
  columns: {
    scenario: 'Patients',
    plan: 'Plan',
    rate: 'Cramps a night without stockings',
    grade: 'Grade',
    help: 'Flagged “fewer cramps”',
    worse: 'Flagged “more cramps”',
    unclear: '“Fewer, cause unclear”',
    coverage: '95% interval right',
    effect: 'True rate ratio',
    found: 'Flagged “fewer cramps”',
    median: 'Median estimate',
    used: 'Nights until the answer',
  },
  families: {
    randomized: 'Randomized, enough schedules for an exact test',
    staged: 'Randomized, with planned looks',
    few_blocks: 'Randomized, few blocks',
    unplanned: 'Worn as it came',
    alternating: 'Worn in fixed periods by turns',
    milestones: 'Open-ended diary, looks at its milestones',
    before_after: 'Before and after',
  },
  scenarios: {
    poisson: 'cramps come evenly',
    overdispersed: 'good and bad nights differ more (variance above the mean)',
    strongly_overdispersed: 'few nights with very many cramps',
    zero_inflated: 'many nights without any cramp',
    correlated: 'bad nights follow bad nights',
    strongly_correlated: 'bad spells of many nights',
    improvement: 'cramps fade by themselves',
    flare_in_the_middle: 'a bad spell in the middle',
    flare_at_the_start: 'a bad spell at the start that ends',
    weekend_cramps: 'more cramps at weekends',
    once_a_week: 'one cramp a week',
    calm_nights_unlogged: 'most cramp-free nights not recorded',
    calm_nights_off_unlogged: 'most cramp-free nights without stockings not recorded',
    wear_grows_while_cramps_fall: 'worn more and more while cramps fade by themselves',
    weekday_wear_weekend_cramps: 'worn on weekdays, cramps at weekends',
    wear_after_a_bad_night: 'worn after bad nights',
    wear_after_a_bad_spell: 'worn after bad spells',
    wear_stopped_in_a_bad_spell: 'left off in bad spells',
    started_after_a_bad_spell: 'started after a bad spell',
  },
  plan: {
    pairs: (pairs: number, blockNights: number) => `${count(pairs, { one: 'pair', other: 'pairs' })} of blocks of ${nights(blockNights)}`,
    blocks: (blocks: number, blockNights: number) => `${count(blocks, { one: 'block', other: 'blocks' })} of ${nights(blockNights)}`,
    beforeAfter: (before: number) => `${nights(before)} without, then with stockings`,
    diary: (length: number) => `diary of ${nights(length)}`,
    looks: (pairs: string[]) => `looks after ${list.format(pairs)} pairs`,
  },
  limitsTitle: 'What these figures leave open',
  limits: {
    simulated: 'These are simulated patients, not real diaries.',
    model: 'The model adjusts for the night before and for a straight-line trend only.',
    constant_effect: 'The effect of stockings is taken to be the same on all nights.',
    serial_correlation: 'Strong serial correlation in 28 nights of fixed on and off periods comes close to the limit.',
    coinciding_change: 'A natural change on the very day wear starts looks like an effect of the stockings.',
    uneven_logging: 'An unplanned diary misleads when only good nights without stockings go unrecorded.',
    expectation: 'Nobody can be blinded to stockings, so expectation may play a part.',
    common_cause: 'Without randomization, an unmeasured cause of both wear and cramps misleads.',
  },
};

/** What every language must say about error rates. */
export type EvidenceTexts = typeof en;
export default en;
