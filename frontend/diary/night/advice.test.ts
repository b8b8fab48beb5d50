import { expect, test } from 'vitest';
import { aCramp } from '../../test/nights';
import { adviceFor } from './advice';

test('a night without trouble needs no advice', () => {
  expect(adviceFor({ cramps: [aCramp('1', { duration_min: 10 })], problems: ['itch', 'discomfort', 'tight', 'heat', 'donning', 'other'] })).toEqual([]);
});

test('one cramp over ten minutes is long, whatever the others were', () => {
  expect(adviceFor({ cramps: [aCramp('1', { duration_min: 1 }), aCramp('2', { duration_min: 10.1 })], problems: [] })).toEqual(['long']);
});

test.each(['pain', 'numb', 'cold_or_color', 'swelling', 'skin'] as const)('%s stops the stockings', (sign) => {
  expect(adviceFor({ cramps: [], problems: ['itch', sign] })).toEqual(['stop']);
});

test('short of breath is an emergency first, then stops the stockings', () => {
  expect(adviceFor({ cramps: [aCramp('1', { duration_min: 30 })], problems: ['breathless'] })).toEqual(['emergency', 'long', 'stop']);
});
