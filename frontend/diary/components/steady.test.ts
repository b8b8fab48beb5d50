import { expect, test } from 'vitest';
import { steadiness } from './steady';

test('a button that has always meant the same takes every tap', () => {
  const steady = steadiness(-Infinity);
  expect([0, 1, 2].map((at) => steady('start', at))).toEqual([true, true, true]);
});

test('after its meaning changed a button takes no tap for a second', () => {
  const steady = steadiness(-Infinity);
  steady('start', 0);
  expect([5_000, 5_180, 5_900, 5_999, 6_000, 6_100].map((at) => steady('stop', at))).toEqual([false, false, false, false, true, true]);
});

test('each change begins another second, also one back', () => {
  const steady = steadiness(-Infinity);
  steady('on', 0);
  expect([steady('off', 2_000), steady('on', 2_500), steady('on', 3_400), steady('on', 3_500)]).toEqual([false, false, false, true]);
});

test('a button that came with its page settles first where it is told to', () => {
  const steady = steadiness(7_000);
  expect([7_180, 7_900, 8_100].map((at) => steady('remove', at))).toEqual([false, false, true]);
});
