import measured from '../../../analysis/evidence.json?raw';
import { expect, test } from 'vitest';
import en from '../../shared/texts/clinic/evidence/en';
import es from '../../shared/texts/clinic/evidence/es';
import { inFamilies, limitInWords, planInWords, scenarioInWords, worstOf, type Measured } from './measured';

const evidence = JSON.parse(measured) as Record<
  'null' | 'biased' | 'power',
  Measured[]
> & { limits: { code: string; text: string }[] };
const rows = [...evidence.null, ...evidence.biased, ...evidence.power];
const catalogues = [['en', en], ['es', es]] as const;

test.each(catalogues)('%s has words for every family, scenario and limit that was measured', (_language, texts) => {
  expect(rows.filter(({ scenario }) => !Object.hasOwn(texts.scenarios, scenario))).toEqual([]);
  expect(rows.filter(({ family }) => !Object.hasOwn(texts.families, family))).toEqual([]);
  expect(evidence.limits.filter(({ code }) => !Object.hasOwn(texts.limits, code))).toEqual([]);
});

test.each(catalogues)('%s tells every plan in words', (_language, texts) => {
  for (const row of rows) expect(planInWords(row, texts)).not.toMatch(/null|undefined|NaN/);
});

test('no two rows of a table read the same', () => {
  for (const table of [evidence.null, evidence.biased, evidence.power]) {
    const read = table.map((row) => `${row.family} ${scenarioInWords(row, en)} ${planInWords(row, en)} ${row.rate} ${row.rate_ratio}`);
    expect(new Set(read).size).toBe(read.length);
  }
});

test('rows stand by family, and the worst share is the largest', () => {
  const families = inFamilies(evidence.null);
  expect(families.flatMap(([, members]) => members)).toHaveLength(evidence.null.length);
  expect(families.every(([family, members]) => members.every((row) => row.family === family))).toBe(true);
  expect(inFamilies(evidence.null, 'few_blocks')[0]![0]).toBe('few_blocks');
  expect(worstOf(evidence.null)).toBe(Math.max(...evidence.null.map(({ help }) => help)));
});

test('plans are told with their looks', () => {
  const row = { ...evidence.null[0]!, design: 'pairs', pairs: 12, block_nights: 3, looks: [6, 9, 12] };
  expect(planInWords(row, en)).toBe('12 pairs of blocks of 3 nights, looks after 6, 9, and 12 pairs');
  expect(planInWords(row, es)).toBe('12 pares de bloques de 3 noches, revisiones tras 6, 9 y 12 pares');
});

test('a limit without words of its own is told in the server\'s', () => {
  expect(limitInWords({ code: 'something_else', text: 'server text' }, en)).toBe('server text');
});
