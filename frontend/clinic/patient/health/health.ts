import type { PatientTexts } from '../../../shared/texts/clinic/patient/en';
import type { Formats } from '../../formats';
import type { Health } from '../../records';

type Words = PatientTexts['health'];
type TextFact = [name: string, told: string] | null;

const SIGNS = ['swelling', 'skin_change', 'varicose', 'spider'] as const;
const CRAMP_OR_URGE = ['muscle_hardens', 'urge_first', 'walking_brings_on', 'numb_feet', 'shifting_ends'] as const;

/** Red flags, and what the safety screen comes to: what changes management stands first. */
export function screening({ red_flags: flags, screening: found }: Health, words: Words, formats: Formats): TextFact[] {
  const asked: Readonly<Record<string, string | undefined>> = found.asked;
  const askFirst = found.ask_first.map((code) => {
    const day = found.unconfirmed.includes(code) ? undefined : asked[code];
    return `${words.reasons[code]} (${day === undefined ? words.notAsked : words.asked(formats.date(day))})`;
  });
  return [
    [words.redFlags, listed(flags.map(({ flag, urgency }) => `${words.flags[flag]} (${words.urgency[urgency]})`), words)],
    [words.outcome, words.outcomes[found.outcome]],
    some(words.blocked, found.blocked.map((code) => words.reasons[code])),
    some(words.askFirst, askFirst),
    some(words.missing, found.missing.map((code) => words.reasons[code])),
    [words.abi, abiInWords(found, words, formats)],
  ];
}

/** Signs of each leg, and the answers that tell cramps from what is like them. */
export function legs({ history }: Health, words: Words): TextFact[] {
  const { signs, cramp_or_urge: items } = history;
  const truth = (value: boolean | null) => (value === null ? words.notStated : value ? words.yes : words.no);
  return [
    ...SIGNS.map((sign): TextFact => [words.sign[sign], signs[sign] === null ? words.notStated : words.sides[signs[sign]]]),
    [words.symptoms, listed(history.symptoms_by_day.map((symptom) => words.symptom[symptom]), words)],
    ...CRAMP_OR_URGE.map((item): TextFact => [words.crampOrUrge[item], truth(items[item])]),
  ];
}

/** Medicines, causes and risks. */
export function background({ history }: Health, words: Words): TextFact[] {
  const { medicines, medicines_note: names, causes, vein_risks: risks, pregnancy, note } = history;
  return [
    [words.medicines, listed(medicines.map((medicine) => words.medicine[medicine]), words)],
    names === null ? null : [words.medicinesNote, names],
    [words.causes, listed(causes.map((cause) => words.cause[cause]), words)],
    [words.veinRisks, listed(risks.map((risk) => words.veinRisk[risk]), words)],
    [words.pregnancy, pregnancy === null ? words.notStated : words.pregnancies[pregnancy]],
    note === null ? null : [words.note, note],
  ];
}

/** The stockings as they were told last. */
export function garment({ garment: told }: Health, words: Words, formats: Formats): TextFact[] {
  const { scheme, compression_class: name, length } = told;
  const schemeName = scheme && words.schemes[scheme];
  const stated = schemeName && name ? words.classOf(schemeName, name) : schemeName || name;
  return [
    [words.compression, stated || words.notStated],
    [words.pressure, pressureInWords(told, words, formats)],
    [words.length, length === null ? words.notStated : words.lengths[length]],
  ];
}

function pressureInWords({ mmhg_low: low, mmhg_high: high }: Health['garment'], words: Words, { number }: Formats): string {
  if (low === null && high === null) return words.notStated;
  if (high === null) return words.mmhgFrom(number(low!));
  return low === null ? words.mmhgTo(number(high)) : words.mmhg(number(low), number(high));
}

function abiInWords({ abi, abi_left: left, abi_right: right }: Health['screening'], words: Words, { number }: Formats): string {
  if (abi !== null) return words.abiWorse(number(abi, 2));
  if (left === null && right === null) return words.notStated;
  const leg = (index: number | null) => (index === null ? words.notStated : number(index, 2));
  return words.abiOf(leg(left), leg(right));
}

function listed(told: readonly string[], words: Words): string {
  return told.length === 0 ? words.noneNamed : told.join('; ');
}

function some(name: string, told: readonly string[]): TextFact {
  return told.length === 0 ? null : [name, told.join('; ')];
}
