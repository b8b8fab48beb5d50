import { expect, test } from 'vitest';
import { aResult, grades, settledStates } from '../test/results';
import { isFavorable, storyOfResult, wornApart } from './story';

test('a flag without a draw is not told as that of a trial', () => {
  const told = (state: 'help' | 'worse') => grades.slice(0, 3).map((grade) => storyOfResult(aResult(state, { grade })));
  expect(told('help')).toEqual(['help', 'help', 'help_unplanned']);
  expect(told('worse')).toEqual(['worse', 'worse', 'worse_unplanned']);
});

test('every other state is told as such, whatever the grade', () => {
  for (const state of settledStates.slice(2)) {
    for (const grade of grades) expect(storyOfResult(aResult(state, { grade }))).toBe(state);
  }
});

test.each([
  [0.4, 1.2, 'no_clear_difference'],
  [0.79, 1.1, 'no_clear_difference'],
  [0.9, 1.26, 'no_clear_difference'],
  [0.8, 1.25, 'much_alike'],
])('an interval from %s to %s is told as %s', (ci_low, ci_high, story) => {
  expect(storyOfResult(aResult('no_clear_difference', { ci_low, ci_high }))).toBe(story);
});

test('what is a sign of help is one of every grade', () => {
  expect(settledStates.filter((state) => isFavorable({ state }))).toEqual(['help', 'fewer_unclear']);
});

test('one estimate is not shown twice, and two say on how many nights they differ', () => {
  const result = aResult('help');
  const { nights_on, nights_off, cramps_on, cramps_off, rate_on, rate_off, rate_ratio, ci_low, ci_high } = result;
  const arms = { nights_on, nights_off, cramps_on, cramps_off, rate_on, rate_off, rate_ratio, ci_low, ci_high };
  expect(wornApart({ ...result, as_worn: arms })).toBeNull();
  expect(wornApart({ ...result, as_worn: null })).toBeNull();
  expect(wornApart({ ...result, as_worn: { ...arms, nights_on: nights_on - 3, rate_ratio: 0.41 } })).toEqual({ otherwise: 2, unknown: 3 });
});
