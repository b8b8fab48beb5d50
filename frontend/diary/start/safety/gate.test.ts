import { expect, test } from 'vitest';
import type { SafetyAnswers } from '../answers/answers';
import { nothingAnswered } from '../answers/answers';
import { forbids, legsOf } from './gate';

const told = (given: Partial<SafetyAnswers>) => forbids({ ...nothingAnswered.safety, ...given });

test('an index told once stands for both legs until they are told', () => {
  expect(legsOf({ abi: 0.5 })).toEqual({ abi_left: 0.5, abi_right: 0.5 });
  expect(legsOf({ abi: null, abi_left: 1, abi_right: null })).toEqual({ abi_left: 1, abi_right: null });
});

test.each([
  ['nothing answered', {}, false],
  ['a clot', { answers: { acute_dvt: true } }, true],
  ['no clot', { answers: { acute_dvt: false } }, false],
  ['diabetes, which is asked about', { answers: { diabetes: true } }, false],
  ['an emergency', { red_flags: ['fainting'] }, true],
  ['a sign to see a doctor about today', { red_flags: ['hard_sore_vein'] }, true],
  ['a sign to see a doctor about soon', { red_flags: ['numbness'] }, false],
  ['an index below 0.6 on the left', { abi_left: 0.59, abi_right: 1 }, true],
  ['an index below 0.6 on the right', { abi_right: 0.59 }, true],
  ['an index below 0.6, told once for both legs', { abi: 0.59 }, true],
  ['an index of 0.6', { abi_left: 0.6, abi_right: 0.6 }, false],
  ['pain when walking and no index', { answers: { claudication: true } }, true],
  ['pain when walking and one good leg', { answers: { claudication: true }, abi_left: 1 }, true],
  ['pain when walking and two good legs', { answers: { claudication: true }, abi_left: 1, abi_right: 1.1 }, false],
  ['pain when walking and a good index for both', { answers: { claudication: true }, abi: 1 }, false],
] as [string, Partial<SafetyAnswers>, boolean][])('a phone knows by itself whether %s speaks against stockings', (_, given, expected) => {
  expect(told(given)).toBe(expected);
});
