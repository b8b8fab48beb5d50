import { counter } from '../../plural';

const count = counter('en');

const en = {
  title: 'Cramp at night',
  back: 'Today',
  start: 'Cramp now',
  stop: 'It’s over',
  since: (time: string) => `Since ${time}`,
  ease: 'Stretching, rubbing or walking may ease it.',
  long: 'This is long for a cramp. If stretching does not stop it, get medical help at once.',
  mistake: 'Started by mistake',
  kept: 'Kept for the morning',
  keptCount: (n: number) => `Tonight: ${count(n, { one: 'cramp', other: 'cramps' })}`,
  keptOf: (night: string, n: number) => `${night}: ${count(n, { one: 'cramp', other: 'cramps' })}`,
  removeLast: 'Remove the last one',
  removed: 'Removed',
  putBack: 'Put it back',
};

/** What every language must say on the screen for the night. */
export type CrampTexts = typeof en;
export default en;
