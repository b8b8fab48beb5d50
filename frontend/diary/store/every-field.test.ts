import { expect, test } from 'vitest';
import type { Night } from '../../shared/api/types';
import { cramp, night, symptom } from '../../shared/night-fields';
import { mergeNights, sameAnswers } from './merge';
import { aCramp, aNight } from '../../test/nights';

const base = aNight('2026-11-03', { cramps: [aCramp('a')] });

/** Something else for a value, whatever it holds. */
const another = (value: unknown): unknown => (Array.isArray(value) ? ['another'] : 'another');

function changes(): [name: string, changed: Night][] {
  const ofNight = Object.entries(night).flatMap(([name, kind]) =>
    kind === 'answer' || kind === 'list' ? [[name, { ...base, [name]: another(base[name as keyof Night]) }] as [string, Night]] : []);
  const ofCramp = Object.entries(cramp).flatMap(([name, kind]) =>
    kind === 'key' ? [] : [[`cramps.${name}`, { ...base, cramps: [{ ...base.cramps[0], [name]: another(base.cramps[0]![name as 'relief']) }] } as Night] as [string, Night]]);
  const ofSymptoms = Object.keys(symptom).map((name): [string, Night] => [`symptoms.${name}`, { ...base, symptoms: { ...base.symptoms, [name]: 7 } }]);
  return [...ofNight, ...ofCramp, ...ofSymptoms];
}

test('the tables have every field that a night has', () => {
  expect(Object.keys(night).sort()).toEqual(Object.keys(base).sort());
  expect(Object.keys(cramp).sort()).toEqual(Object.keys(base.cramps[0]!).sort());
  expect(Object.keys(symptom).sort()).toEqual(Object.keys(base.symptoms).sort());
});

test('what is neither one answer nor a list is merged and compared by name', () => {
  const byName = Object.entries(night).filter(([, kind]) => kind !== 'answer' && kind !== 'list').map(([name]) => name);
  expect(byName.sort()).toEqual(['cramps', 'edited_at', 'night_date', 'symptoms', 'tz']);
});

test.each(changes())('a correction of %s alone is a correction, and no merge drops it', (_name, changed) => {
  expect(sameAnswers(base, changed)).toBe(false);
  for (const mineWins of [true, false]) {
    expect(sameAnswers(mergeNights({ base, mine: changed, theirs: base, mineWins }), changed)).toBe(true);
    expect(sameAnswers(mergeNights({ base, mine: base, theirs: changed, mineWins }), changed)).toBe(true);
    const elsewhere = { ...base, cramps: [...base.cramps, aCramp('b')] };
    expect(sameAnswers(mergeNights({ base, mine: changed, theirs: elsewhere, mineWins }), { ...changed, cramps: [...changed.cramps, aCramp('b')] })).toBe(true);
  }
});
