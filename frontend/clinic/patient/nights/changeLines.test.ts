import { expect, test } from 'vitest';
import { aCramp, aNight } from '../../../test/nights';
import { differing } from '../../../shared/nights';
import en from '../../../shared/texts/clinic/en';
import es from '../../../shared/texts/clinic/es';
import patientEn from '../../../shared/texts/clinic/patient/en';
import patientEs from '../../../shared/texts/clinic/patient/es';
import { createFormats } from '../../formats';
import { nightLines } from './changeLines';

const english = [{ nights: en.nights, panels: patientEn.panels, changes: patientEn.changes }, createFormats('en-US')] as const;
const spanish = [{ nights: es.nights, panels: patientEs.panels, changes: patientEs.changes }, createFormats('es')] as const;

test('a correction shows each answer with its old and its new value, and nothing else', () => {
  const old = aNight('2026-11-03', { stockings_day: true, note: 'warm', cramps: [aCramp('a', { onset_local: '2026-11-04T03:10', pain_nrs: 3, side: 'left', relief: ['walk'] })] });
  const next = { ...old, stockings_day: false, note: null, rls_urge: false, cramps: [{ ...old.cramps[0]!, pain_nrs: 7 }] };
  expect(differing(nightLines(old, ...english), nightLines(next, ...english))).toEqual({
    gone: ['Cramp 1: 03:10, pain 3 of 10, left, eased by walking', 'Stockings by day: yes', 'Note: warm'],
    come: ['Cramp 1: 03:10, pain 7 of 10, left, eased by walking', 'Stockings by day: no', 'Urge to move: no'],
  });
  expect(nightLines(next, ...spanish)).toContain('Medias de día: no');
});

test('a zero is an answer, and what was left out has no line', () => {
  const night = aNight('2026-11-03', { awake_min: 0, symptoms: { aching: 0, heaviness: null, soreness: null, burning: null } });
  expect(nightLines(night, ...english)).toEqual(['Cramps: 0', 'Awake: 0 min', 'Aching: 0 of 10']);
  expect(nightLines(null, ...english)).toEqual([]);
});
