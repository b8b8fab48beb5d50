import { expect, test } from 'vitest';
import type { SafetyAnswers } from './answers';
import { nothingAnswered } from './answers';
import { forbids } from './gate';

const told = (given: Partial<SafetyAnswers>) => forbids({ ...nothingAnswered.safety, ...given });

test.each([
  ['nothing answered', {}, false],
  ['a clot', { answers: { acute_dvt: true } }, true],
  ['no clot', { answers: { acute_dvt: false } }, false],
  ['diabetes, which is asked about', { answers: { diabetes: true } }, false],
  ['an emergency', { red_flags: ['fainting'] }, true],
  ['a sign to see a doctor about today', { red_flags: ['hard_sore_vein'] }, true],
  ['a sign to see a doctor about soon', { red_flags: ['numbness'] }, false],
  ['an index below 0.6', { abi: 0.59 }, true],
  ['an index of 0.6', { abi: 0.6 }, false],
  ['pain when walking and no index', { answers: { claudication: true } }, true],
  ['pain when walking and a good index', { answers: { claudication: true }, abi: 1 }, false],
] as [string, Partial<SafetyAnswers>, boolean][])('a phone knows by itself whether %s speaks against stockings', (_, given, expected) => {
  expect(told(given)).toBe(expected);
});
