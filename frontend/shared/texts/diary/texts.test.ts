import { expect, test } from 'vitest';
import enFirst from './en';
import esFirst from './es';
import enMe from './me/en';
import esMe from './me/es';
import enResult from './result/en';
import esResult from './result/es';
import enStart from './start/en';
import esStart from './start/es';

const en = { ...enFirst, ...enMe, result: enResult, start: enStart };
const es = { ...esFirst, ...esMe, result: esResult, start: esStart };
const catalogues = [['en', en], ['es', es]] as const;
const states = ['running', 'insufficient', 'help', 'worse', 'fewer_unclear', 'more_unclear', 'no_clear_difference'] as const;

/** Every string of a catalogue; texts with arguments are called with plausible ones. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return [0, 1, 2, 50].flatMap((n) => strings((value as (...given: unknown[]) => unknown)(n, n)));
  return Object.values(value as object).flatMap(strings);
}

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

test.each(catalogues)('%s has a headline, a lead and a next step for every state', (_language, { result }) => {
  for (const state of states) {
    expect(result.headlines[state]).toBeTruthy();
    expect(result.leads[state]).toBeTruthy();
    expect(result.next[state].length).toBeGreaterThan(0);
  }
});

test.each(catalogues)('%s says of every result that it is not a diagnosis', (_language, { result }) => {
  for (const text of Object.values(result.not)) expect(text).toMatch(/not a diagnosis|no es un diagnóstico/);
});

test('counts take the form their number asks for', () => {
  expect([en.count.cramps(0), en.count.cramps(1), en.count.cramps(2)]).toEqual(['0 cramps', '1 cramp', '2 cramps']);
  expect([es.count.nights(1), es.count.nights(1200)]).toEqual(['1 noche', '1200 noches']);
});

test.each([
  [0.5, 'With stockings: about 50% fewer cramps', 'Con medias: alrededor de un 50\u00a0% menos calambres'],
  [1, 'With stockings: just as many cramps', 'Con medias: los mismos calambres'],
  [1.3, 'With stockings: about 30% more cramps', 'Con medias: alrededor de un 30\u00a0% más calambres'],
  [2.5, 'With stockings: 2.5 times as many cramps', 'Con medias: alrededor de 2,5 veces tantos calambres'],
])('a ratio of %s is said in words', (ratio, english, spanish) => {
  expect(en.result.ratio(ratio)).toBe(english);
  expect(es.result.ratio(ratio)).toBe(spanish);
});

test('the interval is said in the same words', () => {
  expect(en.result.interval(0.3, 1.1)).toBe('The true figure may lie anywhere from 70% fewer to 10% more.');
  expect(es.result.interval(0.3, 1.1)).toBe('La cifra real puede estar entre un 70\u00a0% menos y un 10\u00a0% más.');
});
