import { expect, test } from 'vitest';
import { createFormats } from './formats';

const en = createFormats('en');
const es = createFormats('es');
const plain = (text: string) => text.replace(/\s/g, ' ');

test('numbers are written as the reader writes them', () => {
  expect(en.ratio(0.476)).toBe('0.48');
  expect(es.ratio(0.476)).toBe('0,48');
  expect(en.ratio(12.34)).toBe('12.3');
  expect(en.percent(0.857)).toBe('86%');
  expect(plain(es.percent(0.857))).toBe('86 %');
  expect(en.number(1234.56, 1)).toBe('1,234.6');
});

test('zero is written as 0', () => {
  expect(en.number(0)).toBe('0');
  expect(en.rate(0)).toBe('0.0');
});

test('a date keeps its day whatever zone the reader is in', () => {
  expect(en.date('2026-11-03')).toBe('Nov 3, 2026');
  expect(es.date('2026-11-03')).toBe('3 nov 2026');
  expect(en.weekday('2026-11-03')).toBe('Tue');
});

test('a night is named by its evening and its morning', () => {
  expect(en.night('2026-11-03')).toBe('Tue Nov 3 → Wed 4');
  expect(en.night('2026-10-31')).toBe('Sat Oct 31 → Sun Nov 1');
});
