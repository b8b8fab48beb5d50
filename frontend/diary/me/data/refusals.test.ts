import { beforeAll, expect, test, vi } from 'vitest';
import type { RefusedLine } from '../../../shared/api/types';
import { loadDataTexts } from '../../texts';
import { columnName, refusalInWords } from './refusals';

vi.mock('../../../shared/preferences', async (original) => ({ ...(await original<object>()), chosenLanguage: () => 'en' }));

const line: RefusedLine = { line: 7, table: 'nights', column: 'worst_pain', reason: '', detail: 'As the server says it.', low: null, high: null, other_line: null };

beforeAll(loadDataTexts);

test.each([
  'date', 'date_missing', 'number', 'yes_no', 'whole', 'bounds', 'choice', 'too_long', 'zone', 'time', 'future', 'too_early',
  'outside_night', 'cramps_missing', 'cramp_rows', 'none_but_told', 'no_night', 'differs',
])('the reason %s has words of its own', (reason) => {
  const words = refusalInWords({ ...line, reason, low: 0, high: 10, other_line: 3 });
  expect(words).not.toBe(line.detail);
  expect(words).toMatch(/\.$/);
});

test('bounds and the other line are named', () => {
  expect(refusalInWords({ ...line, reason: 'bounds', low: 0.1, high: 120 })).toBe('“pain” must be from 0.1 to 120.');
  expect(refusalInWords({ ...line, reason: 'differs', other_line: 3 })).toBe('Line 3 says something else of the same night.');
});

test('a reason of a newer server is said in its own words', () => {
  expect(refusalInWords({ ...line, reason: 'brand_new' })).toBe('As the server says it.');
  expect(columnName('moon_phase')).toBe('moon_phase');
});
