import { expect, test } from 'vitest';
import en from '../shared/texts/clinic/en';
import es from '../shared/texts/clinic/es';
import { aTrial } from '../test/trials';
import { createFormats } from './formats';
import { alertName, changeInWords, methodInWords, needInWords, needsInWords, noRatio, warningInWords } from './words';

const formats = createFormats('en');
const change = (ratio: number) => changeInWords(ratio, en, formats);

test('a ratio is said as a change in cramps', () => {
  expect(change(0.48)).toBe('52% fewer');
  expect(change(1.3)).toBe('30% more');
  expect(change(2.43)).toBe('2.4 times as many');
  expect(change(1.004)).toBe('as many as without');
});

test('a ratio is said in Spanish too', () => {
  expect(changeInWords(0.48, es, createFormats('es')).replace(/\s/g, ' ')).toBe('un 52 % menos');
});

test('a missing ratio says why', () => {
  expect(noRatio('running', en)).toBe('opens at the end');
  expect(noRatio('insufficient', en)).toBe('not enough nights');
});

test('a need is told by its code, with what is there and what is wanted', () => {
  const need = { code: 'nights_on', text: 'server text', have: 2, want: 4 };
  expect(needInWords(need, en, formats)).toBe('Nights with stockings: 2 of at least 4.');
  expect(needInWords({ ...need, code: 'something_else' }, en, formats)).toBe('server text');
});

test.each([
  ['2026-12-06', undefined, 'First possible answer on Dec 7, 2026, at the latest on Jan 12, 2027, at noon. Nights passed: 20 of 36.'],
  ['2026-12-24', undefined, 'Looked on Dec 7, 2026: not clear yet, the trial goes on. Next look on Dec 25, 2026, an answer at the latest on Jan 12, 2027, at noon. Nights passed: 20 of 36.'],
  ['2027-01-11', undefined, 'Looked on Dec 25, 2026: not clear yet, the trial goes on. Last look on Jan 12, 2027 at noon. Nights passed: 20 of 36.'],
  ['2026-12-24', '2026-12-10', 'Stopped: the comparison opens on Jan 12, 2027 at noon at the latest. Nights passed: 20 of 36.'],
])('a result that waits for the night of %s says when its trial, stopped on %s, answers', (last_night, stopped_on, said) => {
  const trial = aTrial({ answers_on: ['2026-12-07', '2026-12-25', '2027-01-12'], stopped_on: stopped_on ?? null });
  const needs = [{ code: 'next_look', text: '', have: 20, want: 36 }];
  expect(needsInWords({ needs, last_night }, trial, en, formats)).toEqual([said]);
});

test('a diary without a plan says when its first look comes', () => {
  const needs = [{ code: 'first_look', text: '', have: 20, want: 28 }];
  expect(needsInWords({ needs, last_night: '2026-12-06' }, undefined, en, formats)).toEqual(['The comparison opens on Dec 7, 2026 at noon. Nights passed: 20 of 28.']);
});

test('a warning is told by its code, and an unknown one in the server\'s words', () => {
  const warning = { code: 'low_adherence', text: 'server text', value: 0.62 };
  expect(warningInWords(warning, en, formats)).toBe('Stockings were worn as assigned on only 62% of nights.');
  expect(warningInWords({ ...warning, code: 'something_else' }, en, formats)).toBe('server text');
});

test('an uneven record is told by the size of the difference, whichever arm has more', () => {
  const warning = { code: 'uneven_logging', text: '', value: -0.14 };
  expect(warningInWords(warning, en, formats)).toMatch('a difference of 14%');
});

test('an alert of an unknown kind is still shown', () => {
  expect(alertName('red_flag', en)).toBe('Red flag');
  expect(alertName('something_else', en)).toBe('Alert');
});

test('every result says in both languages that it is a hypothesis and never a diagnosis', () => {
  expect(en.patient.limit[0]).toMatch(/hypothesis, never a diagnosis/);
  expect(es.patient.limit[0]).toMatch(/hipótesis, nunca un diagnóstico/);
  expect(es.patient.limit).toHaveLength(en.patient.limit.length);
});

test('both languages give as many steps to the first patient', () => {
  expect(es.roster.emptySteps).toHaveLength(en.roster.emptySteps.length);
});

test.each(['finished_early', 'stopped_early', 'uneven_logging', 'low_adherence', 'unknown_wear', 'wear_follows_cramps', 'carry_over'])(
  'the warning %s is told in both languages',
  (code) => {
    for (const texts of [en, es]) expect(warningInWords({ code, text: 'server text', value: 1.3 }, texts, formats)).not.toBe('server text');
  },
);

test('nights are told as a number, shares as a percentage, ratios as a ratio', () => {
  const told = (code: string, value: number) => warningInWords({ code, text: '', value }, en, formats);
  expect(told('stopped_early', 36)).toMatch('up to night 36 of the plan');
  expect(told('unknown_wear', 3)).toMatch(/known whether stockings were worn: 3\.$/);
  expect(told('carry_over', 1.3)).toMatch('by 1.30');
});

test('the method is told with the p-value of the direction in which the ratio points', () => {
  const result = { method: 'exact', n_schedules: 512, rate_ratio: 0.5, p_help: 0.0117, p_worse: 0.99 } as const;
  expect(methodInWords(result, en, formats)).toBe(
    'exact randomization test over all 512 schedules that could have been drawn; one-sided p =\u00a00.012 for fewer cramps',
  );
  expect(methodInWords({ ...result, rate_ratio: 2, p_worse: 0.0004 }, en, formats)).toMatch(/one-sided p <\u00a00\.001 for more cramps$/);
  expect(methodInWords({ ...result, method: null }, en, formats)).toBeNull();
});
