import { expect, test } from 'vitest';
import en from '../../shared/texts/diary/start/en';
import { sections, type FirstDay, type Section } from '../first-day';
import { nextOpen, withMark } from './marks';
import { partNames, questionParts, redFlags, urgencies, urgencyOf, whomToAsk } from './safety/questions';
import { classesOf } from './stockings/schemes';
import { chances, nightsOf, planOf, startBounds, startOf } from './trial/plans';

const day = (done: Section[], later: Section[] = [], waiting: Section[] = []): FirstDay => ({ done, later, waiting });

test('every question of the gate is asked once', () => {
  const asked = partNames.flatMap((part) => [...questionParts[part]]);
  expect(asked.toSorted()).toEqual(Object.keys(en.safety.questions).toSorted());
});

test('every red flag is asked once', () => {
  expect(urgencies.flatMap((urgency) => redFlags[urgency]).toSorted()).toEqual(Object.keys(en.safety.flags).toSorted());
});

test('every reason not to try stockings names whom to ask', () => {
  for (const who of Object.values(whomToAsk)) expect(en.safety.whom[who]).toBeTruthy();
});

test('the most urgent of several red flags counts', () => {
  expect(urgencyOf([])).toBeNull();
  expect(urgencyOf(['numbness'])).toBe('soon');
  expect(urgencyOf(['numbness', 'hard_sore_vein'])).toBe('same_day');
  expect(urgencyOf(['hard_sore_vein', 'fainting', 'swelling'])).toBe('emergency');
});

test('the next step is the next open one, and from the start again after the last', () => {
  expect(nextOpen(day([]), null)).toBe('profile');
  expect(nextOpen(day(['profile', 'safety']), 'profile')).toBe('health');
  expect(nextOpen(day(['install'], ['safety'], ['health']), 'install')).toBe('profile');
  expect(nextOpen(day([...sections]), 'install')).toBeNull();
});

test('a step that is left is not offered to itself again', () => {
  expect(nextOpen(day(sections.filter((each) => each !== 'trial')), 'trial')).toBeNull();
});

test('what wishes for a plan wait for stays with other marks, and ends with a mark of the plan', () => {
  const kept: FirstDay = { ...day([], ['trial']), waits: 'stockings' };
  expect(withMark(kept, 'health', 'done')).toEqual({ ...day(['health'], ['trial']), waits: 'stockings' });
  expect(withMark(kept, 'trial', 'done')).toEqual(day(['trial']));
});

test('a step has one mark at a time', () => {
  const waiting = withMark(day(['safety'], ['health']), 'safety', 'waiting');
  expect(waiting).toEqual(day([], ['health'], ['safety']));
  expect(withMark(waiting, 'safety', 'open')).toEqual(day([], ['health']));
});

test.each([
  ['staged', 10.5, 72],
  ['staged', 4, 84],
  ['staged', null, 84],
  ['fixed', 10.5, 54],
  ['quick', null, 28],
] as const)('the %s plan at %s cramps a week has %i nights', (kind, perWeek, nights) => {
  expect(nightsOf(planOf(kind, perWeek))).toBe(nights);
});

test.each([
  [0, 'low'],
  [0.09, 'low'],
  [0.58, 6],
  [0.94, 9],
  [0.99, 'high'],
] as const)('a power of %s is said as %s of ten', (expected_power, words) => {
  expect(chances({ expected_power })).toBe(words);
});

test('a plan starts tomorrow unless a later day is wished for', () => {
  expect(startBounds('2026-12-31')).toEqual({ first: '2027-01-01', last: '2027-03-31' });
  expect(startOf({ start: null }, '2026-12-31')).toBe('2027-01-01');
  expect(startOf({ start: '2027-01-05' }, '2026-12-31')).toBe('2027-01-05');
  expect(startOf({ start: '2026-12-30' }, '2026-12-31')).toBe('2027-01-01');
});

test('the same class means another pressure in another scheme', () => {
  expect(classesOf('RAL')[0]).toEqual(['I', 18, 21]);
  expect(classesOf('UK')[0]).toEqual(['1', 14, 17]);
  expect(classesOf('RAL').at(-1)).toEqual(['IV', 49, null]);
  expect(classesOf('unknown')).toEqual([]);
});
