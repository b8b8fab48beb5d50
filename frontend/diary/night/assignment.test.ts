import { expect, test } from 'vitest';
import { aTrial } from '../../test/trials';
import { daysFrom, isTold, phaseOf } from './assignment';

const trial = aTrial();

test.each([
  ['2026-10-31', 'ahead'],
  ['2026-11-01', 'running'],
  ['2026-11-18', 'running'],
  ['2026-11-19', 'over'],
] as const)('on %s a trial of November 1 to 18 is %s', (today, phase) => {
  expect(phaseOf(trial, null, today)).toBe(phase);
});

test('a trial that was stopped, or that reached its answer, assigns nothing more', () => {
  expect(phaseOf(aTrial({ stopped_at: '2026-11-05T08:00:00Z' }), null, '2026-11-06')).toBe('stopped');
  expect(phaseOf(trial, trial.id, '2026-11-06')).toBe('finished');
  expect(phaseOf(trial, 'another trial', '2026-11-06')).toBe('running');
});

test('a trial is spoken of for two weeks after its end', () => {
  expect([isTold(trial, '2026-12-02'), isTold(trial, '2026-12-03')]).toEqual([true, false]);
});

test('days that the plan does not name have nothing assigned', () => {
  const plan = [{ date: '2026-11-01', assigned: true }, { date: '2026-11-02', assigned: false }];
  expect(daysFrom(plan, '2026-10-31', 4).map(({ assigned }) => assigned)).toEqual([null, true, false, null]);
});
