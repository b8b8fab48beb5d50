import { expect, test } from 'vitest';
import { axisPosition, beyondAxis } from './ratio-axis';

test('"same" stands in the middle, half and double equally far from it', () => {
  expect(axisPosition(1)).toBe(0.5);
  expect(0.5 - axisPosition(0.5)).toBeCloseTo(axisPosition(2) - 0.5, 12);
});

test('what lies beyond the axis ends at its edge and is marked as going on', () => {
  expect([axisPosition(0.01), axisPosition(50)]).toEqual([0, 1]);
  expect([beyondAxis(0.2), beyondAxis(0.25), beyondAxis(4), beyondAxis(4.1)]).toEqual([true, false, false, true]);
});

test('an interval down to nothing can be drawn', () => {
  expect(axisPosition(0)).toBe(0);
});
