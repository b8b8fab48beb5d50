import { expect, test } from 'vitest';
import { sparklineMarks } from './sparklineMarks';

const size = { nights: 5, pitch: 4, height: 30 };
const heights = (path: string) => [...path.matchAll(/M[\d.]+ ([\d.]+)V([\d.]+)/g)].map(([, from, to]) => Number(from) - Number(to));
const places = (path: string) => [...path.matchAll(/M([\d.]+) /g)].map(([, x]) => Number(x));

test('cramps, none and not recorded are three different marks, each at its night', () => {
  const marks = sparklineMarks([2, 0, null, 1, 0], 9, size);
  expect(places(marks.cramps)).toEqual([2, 14]);
  expect(places(marks.gaps)).toEqual([10]);
  expect(marks.none.match(/M/g)).toHaveLength(2);
  expect(marks.counts).toEqual({ cramps: 2, none: 2, missing: 1 });
});

test('more cramps make a taller mark, up to the height of the row', () => {
  const [one, three, five, fifty] = heights(sparklineMarks([1, 3, 5, 50], 4, size).cramps);
  expect(one).toBeLessThan(three!);
  expect(three).toBeLessThan(five!);
  expect(fifty).toBe(five);
  expect(five).toBeLessThanOrEqual(size.height);
});

test('a short diary stands at the right, where the newest night is', () => {
  expect(places(sparklineMarks([3], 1, size).cramps)).toEqual([18]);
});

test('nights before the first entry of a young diary are not gaps', () => {
  expect(sparklineMarks([null, null, 1, null, 0], 2, size).counts.missing).toBe(1);
  expect(sparklineMarks([null, null, null, null, null], 0, size).counts.missing).toBe(0);
});

test('the same nights of a diary that began earlier are gaps', () => {
  expect(sparklineMarks([null, null, 1, null, 0], 40, size).counts.missing).toBe(3);
});

test('only the last nights are drawn when more are given', () => {
  expect(sparklineMarks([9, 9, 0, 0, 0, 0, 0], 7, size).counts).toEqual({ cramps: 0, none: 5, missing: 0 });
});
