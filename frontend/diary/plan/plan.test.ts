import { expect, test } from 'vitest';
import { aTrial } from '../../test/trials';
import { lookNights } from './looks';
import { monthsBetween } from '../pages/month';

test('a trial over New Year has a calendar for every month', () => {
  expect(monthsBetween('2026-11-30', '2027-01-01')).toEqual(['2026-11', '2026-12', '2027-01']);
});

test('looks after 6, 9 and 12 pairs of 3-night blocks are looks after 36, 54 and 72 nights', () => {
  expect(lookNights(aTrial({ looks: [6, 9, 12] }))).toEqual([36, 54, 72]);
});

test('a trial with one answer at its end has no early nights', () => {
  expect(lookNights(aTrial())).toEqual([]);
});
