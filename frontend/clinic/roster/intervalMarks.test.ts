import { expect, test } from 'vitest';
import { intervalMarks, ratioPosition } from './intervalMarks';

test('"same" is the middle, fewer lies left and more lies right, equally far for half and double', () => {
  expect(ratioPosition(1, 120)).toBe(60);
  expect(ratioPosition(0.5, 120)).toBe(40);
  expect(ratioPosition(2, 120)).toBe(80);
  expect(ratioPosition(1 / 8, 120)).toBe(0);
  expect(ratioPosition(8, 120)).toBe(120);
});

test('a ratio beyond the axis stays at its end', () => {
  expect(ratioPosition(0, 120)).toBe(0);
  expect(ratioPosition(100, 120)).toBe(120);
});

test('an interval that runs beyond the axis says on which side', () => {
  expect(intervalMarks(0.3, 0.05, 1.2, 120)).toMatchObject({ low: 0, beyondLow: true, beyondHigh: false });
  expect(intervalMarks(3, 0.9, 12, 120)).toMatchObject({ high: 120, beyondLow: false, beyondHigh: true });
});

test('without a comparison there is nothing to draw', () => {
  expect(intervalMarks(null, null, null, 120)).toBeNull();
  expect(intervalMarks(0.5, 0.2, null, 120)).toBeNull();
});
