// @vitest-environment happy-dom
import { render } from 'preact';
import { beforeAll, expect, test } from 'vitest';
import { aTrial } from '../../../test/trials';
import type { Result, Trial } from '../../records';
import { loadPatientTexts, loadTexts } from '../../texts';
import { Adherence } from './Adherence';
import { Trials } from './Trials';

beforeAll(() => Promise.all([loadTexts(), loadPatientTexts()]));

function textOf(part: preact.JSX.Element): string {
  const place = document.createElement('div');
  render(part, place);
  return place.textContent;
}

test('a trial tells what was drawn, from what, and why it was stopped', () => {
  const trial = aTrial({ stopped_on: '2026-11-09', stop_reason: 'Too tight', expectation: 0, created_at: '2026-10-30T23:30:00Z' });
  const told = textOf(<Trials trials={[trial]} zone="Europe/Paris" />);
  expect(told).toContain('on Oct 31, 2026, from the seed a seed');
  expect(told).toContain('20; the smallest p they allow is 0.05');
  expect(told).toContain('0 of 10');
  expect(told).toContain('from Nov 9, 2026 on nothing is assigned. Reason given: “Too tight”');
  expect(told).toContain('onoffoffononoff');
  expect(told).not.toContain('The result above');
});

test('a moved start is told with both days, beside the days of an answer', () => {
  const trial = aTrial({ start_date: '2026-11-20', moved_from: '2026-11-01', moved_at: '2026-10-30T23:30:00Z', answers_on: ['2026-12-08', '2026-12-20'] });
  const told = textOf(<Trials trials={[trial]} zone="Europe/Paris" />);
  expect(told).toContain('drawn to start on Nov 1, 2026, moved once on Oct 31, 2026, before the start');
  expect(told).toContain('Dec 8, 2026 · Dec 20, 2026');
});

test('of several trials one is what the result is about', () => {
  const trials = [aTrial({ id: 'new', compared: false, design: 'before_after', seed: null, n_schedules: null, smallest_p: null }), aTrial()];
  const told = textOf(<Trials trials={trials} zone="UTC" />);
  expect(told.indexOf('Not what the result above is about.')).toBeLessThan(told.indexOf('The result above is about this trial.'));
  expect(told).toContain('not drawn: the order is fixed');
});

test.each<[string, Trial | undefined, Pick<Result, 'state' | 'wear'>, string]>([
  ['its counts', aTrial(), { state: 'help', wear: { on_nights: 20, on_kept: 15, off_nights: 0, off_kept: 0 } }, 'Stockings on201575%Stockings off00–'],
  ['nothing before the look', aTrial(), { state: 'running', wear: null }, 'Hidden until the look'],
  ['no plan', undefined, { state: 'running', wear: null }, 'Nothing was assigned'],
])('adherence shows %s', (_name, trial, result, said) => {
  expect(textOf(<Adherence result={result as Result} trial={trial} />)).toContain(said);
});
