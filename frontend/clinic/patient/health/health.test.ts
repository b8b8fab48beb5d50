import { expect, test } from 'vitest';
import type { Health } from '../../records';
import en from '../../../shared/texts/clinic/patient/en';
import es from '../../../shared/texts/clinic/patient/es';
import { createFormats } from '../../formats';
import { background, garment, legs, screening } from './health';

const NOTHING: Health = {
  red_flags: [],
  screening: {
    questions_version: '2026-11-legs', answers: {}, abi_left: null, abi_right: null, abi: null, asked: {}, red_flags: [], version: 1,
    answered_at: '2026-11-01T19:00:00Z', outcome: 'incomplete', blocked: [], ask_first: [], unconfirmed: [], missing: ['ulcer'], confirmed_since: '2026-05-05',
  },
  history: {
    signs: { swelling: null, skin_change: null, varicose: null, spider: null }, symptoms_by_day: [], causes: [], vein_risks: [], medicines: [], medicines_note: null,
    pregnancy: null, cramp_or_urge: { muscle_hardens: null, urge_first: null, walking_brings_on: null, numb_feet: null, shifting_ends: null }, note: null,
    version: 1, answered_at: '2026-11-01T19:00:00Z',
  },
  garment: { scheme: null, compression_class: null, mmhg_low: null, mmhg_high: null, length: null, version: 0, answered_at: null },
};
const formats = createFormats('en-US');
const told = (facts: ReturnType<typeof legs>, name: string) => facts.find((fact) => fact?.[0] === name)?.[1];

test('what changes management stands first, and a word of a clinician has its day', () => {
  const facts = screening(
    {
      ...NOTHING,
      red_flags: [{ flag: 'breathless', urgency: 'emergency' }, { flag: 'numbness', urgency: 'soon' }],
      screening: { ...NOTHING.screening, outcome: 'ask_first', missing: [], ask_first: ['diabetes', 'ulcer'], unconfirmed: ['ulcer'], asked: { diabetes: '2026-10-20', ulcer: '2026-01-02' }, abi_left: 0.9 },
    },
    en.health,
    formats,
  );
  expect(facts[0]).toEqual(['Red flags', 'trouble breathing (emergency); numbness (see a doctor soon)']);
  expect(told(facts, en.health.askFirst)).toBe('diabetes (asked on Oct 20, 2026); open sore of leg or foot (not asked, or too long ago)');
  expect(told(facts, en.health.abi)).toBe('left 0.9, right not stated');
});

test('an index that was told for both legs says whose it is', () => {
  const both = { ...NOTHING, screening: { ...NOTHING.screening, abi: 0.85 } };
  expect(told(screening(both, en.health, formats), en.health.abi)).toBe('0.85, the more worrying leg');
});

test.each([['en', en.health], ['es', es.health]] as const)('in %s, what was left out is "not stated" and never a no', (_language, words) => {
  const facts = [...legs(NOTHING, words), ...background(NOTHING, words), ...garment(NOTHING, words, formats)];
  const values = new Set(facts.flatMap((fact) => (fact ? [fact[1]] : [])));
  expect(values).toEqual(new Set([words.notStated, words.noneNamed]));
  expect(told(screening(NOTHING, words, formats), words.missing)).toBe(words.reasons.ulcer);
});

test.each([
  [{ scheme: 'RAL', compression_class: 'IV', mmhg_low: 49, mmhg_high: null }, 'RAL, class IV', '49 mmHg or more'],
  [{ scheme: 'UK', compression_class: '2', mmhg_low: 18, mmhg_high: 24 }, 'UK, class 2', '18–24 mmHg'],
  [{ scheme: 'unknown', compression_class: null, mmhg_low: null, mmhg_high: 30 }, 'scheme not known', 'up to 30 mmHg'],
] as const)('stockings are told with scheme, class and pressure', (given, stated, pressure) => {
  const facts = garment({ ...NOTHING, garment: { ...NOTHING.garment, ...given } }, en.health, formats);
  expect(facts.slice(0, 2)).toEqual([[en.health.compression, stated], [en.health.pressure, pressure]]);
});
