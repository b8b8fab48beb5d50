import { expect, test } from 'vitest';
import { settledStates, states } from '../../../test/results';
import { strings } from '../../../test/strings';
import enFirst from './en';
import esFirst from './es';
import enResult from './result/en';
import esResult from './result/es';

const found = import.meta.glob<unknown>('./**/{en,es}.ts', { eager: true, import: 'default' });

/** All texts of a language, by the place they belong to. */
const textsIn = (language: 'en' | 'es') =>
  Object.fromEntries(Object.entries(found).filter(([path]) => path.endsWith(`/${language}.ts`)).map(([path, texts]) => [path.slice(0, -'en.ts'.length), texts]));
const en = textsIn('en');
const es = textsIn('es');
const catalogues = [['en', en], ['es', es]] as const;
const results = [['en', enResult], ['es', esResult]] as const;

/** Where a catalogue has texts, as "form.sites.calf". */
function keys(value: unknown, prefix = ''): string[] {
  if (typeof value !== 'object' || value === null) return [prefix];
  return Object.entries(value).flatMap(([key, inner]) => keys(inner, `${prefix}.${key}`));
}

test('both languages say the same things', () => {
  expect(keys(es)).toEqual(keys(en));
});

test.each(catalogues)('%s has no empty text and nothing left undefined', (_language, texts) => {
  expect(strings(texts).filter((text) => text.trim() === '' || /undefined|NaN|null/.test(text))).toEqual([]);
});

test.each(catalogues)('%s never shouts', (_language, texts) => {
  expect(strings(texts).filter((text) => /[!¡]/.test(text))).toEqual([]);
});

test.each(results)('%s has a headline, a lead and a next step for every state', (_language, result) => {
  for (const state of states) {
    expect(result.headlines[state]).toBeTruthy();
    expect(result.leads[state]).toBeTruthy();
    expect(result.next[state].length).toBeGreaterThan(0);
  }
});

test.each(results)('%s ends every verdict with the medicines, which nobody should stop alone', (_language, { next }) => {
  for (const state of settledStates) expect(next[state].at(-1)).toMatch(/medicine by yourself|medicina por su cuenta/);
});

test('counts take the form their number asks for', () => {
  expect([enFirst.count.cramps(0), enFirst.count.cramps(1), enFirst.count.cramps(2)]).toEqual(['0 cramps', '1 cramp', '2 cramps']);
  expect([esFirst.count.nights(1), esFirst.count.nights(1200)]).toEqual(['1 noche', '1200 noches']);
});

test.each([
  [0.5, 'For every 10 cramps without stockings, about 5 with them.', 'Por cada 10 calambres sin medias, cerca de 5 con ellas.'],
  [1, 'For every 10 cramps without stockings, about 10 with them.', 'Por cada 10 calambres sin medias, cerca de 10 con ellas.'],
  [2.5, 'For every 10 cramps without stockings, about 25 with them.', 'Por cada 10 calambres sin medias, cerca de 25 con ellas.'],
  [0.02, 'For every 10 cramps without stockings, fewer than 1 with them.', 'Por cada 10 calambres sin medias, menos de 1 con ellas.'],
])('a ratio of %s is said in cramps', (ratio, english, spanish) => {
  expect(enResult.ratio(ratio)).toBe(english);
  expect(esResult.ratio(ratio)).toBe(spanish);
});

test.each([
  [0.4, '60% fewer', 'un 60\u00a0% menos'],
  [0, 'almost none', 'casi ninguno'],
  [1, 'just as many', 'los mismos'],
  [1.3, '30% more', 'un 30\u00a0% más'],
  [2.5, '2.5 times as many', '2,5 por cada uno sin medias'],
])('a ratio of %s is said as a change', (ratio, english, spanish) => {
  expect(enResult.change(ratio)).toBe(english);
  expect(esResult.change(ratio)).toBe(spanish);
});

test('the interval is said in the same words', () => {
  expect(enResult.interval(0.3, 1.1)).toBe('The true number may be anywhere between 3 and 11.');
  expect(esResult.interval(0.3, 1.1)).toBe('El número real puede estar entre 3 y 11.');
  expect(enResult.interval(0.02, 0.6)).toBe('The true number may be anywhere between 0 and 6.');
  expect(esResult.interval(0.378, 0.412)).toBe('El número real puede estar entre 3,8 y 4,1.');
});

test.each([
  [0.3, 'Of 10 nights, 3 more were free of cramps with stockings.', 'De cada 10 noches, con medias hubo 3 más sin calambres.'],
  [-0.2, 'Of 10 nights, 2 fewer were free of cramps with stockings.', 'De cada 10 noches, con medias hubo 2 menos sin calambres.'],
  [0.01, 'Of 10 nights, just as many were free of cramps with stockings.', 'De cada 10 noches, con medias hubo las mismas sin calambres.'],
])('a difference of %s in nights without cramps is said in nights', (share, english, spanish) => {
  expect(enResult.freeNights(share)).toBe(english);
  expect(esResult.freeNights(share)).toBe(spanish);
});
