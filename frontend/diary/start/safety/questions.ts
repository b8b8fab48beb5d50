import type { BlockCode, Question, RedFlag } from '../answers/answers';

/** The wording these screens ask; the server keeps it with the answers. */
export const questionsVersion = '2026-11-legs';

/** Red flags by how fast they need help (backend/health/RULES.md 4). */
export const redFlags: Record<'emergency' | 'same_day' | 'soon', readonly RedFlag[]> = {
  emergency: ['breathless', 'chest_pain', 'coughing_blood', 'fast_heartbeat', 'fainting', 'cold_pale_leg', 'bleeding_vein'],
  same_day: ['one_sided_swelling', 'one_sided_pain_warmth_redness', 'hard_sore_vein', 'spreading_hot_skin_fever'],
  soon: ['cramp_over_10_min', 'numbness', 'swelling', 'muscle_wasting', 'sleep_disturbed'],
};
export const urgencies = ['emergency', 'same_day', 'soon'] as const;

/** Questions of the gate (backend/health/RULES.md 2), few at a time. */
export const questionParts = {
  flow: ['severe_arterial_disease', 'known_arterial_disease', 'bypass_graft', 'claudication'],
  heart: ['heart_failure_severe', 'heart_failure_stable', 'acute_stroke', 'acute_dvt'],
  skin: ['skin_infection', 'weeping_skin', 'ulcer'],
  wounds: ['gangrene', 'recent_skin_graft', 'paper_thin_skin'],
  feet: ['diabetes', 'severe_neuropathy', 'cannot_feel_or_inspect_feet'],
  fit: ['material_allergy', 'leg_shape', 'needs_help_removing', 'pregnancy'],
} as const satisfies Record<string, readonly Question[]>;
export type QuestionPart = keyof typeof questionParts;
export const partNames = Object.keys(questionParts) as QuestionPart[];

/** Which part of the screen a question is in. */
export const partOf = (question: Question): QuestionPart =>
  partNames.find((part) => (questionParts[part] as readonly Question[]).includes(question)) ?? 'flow';

/** Whom to ask about a reason not to try stockings. */
export const whomToAsk: Record<BlockCode, 'arteries' | 'heart' | 'clot' | 'stroke' | 'skin' | 'nerves' | 'material' | 'shape' | 'help'> = {
  severe_arterial_disease: 'arteries',
  bypass_graft: 'arteries',
  abi_low: 'arteries',
  abi_unknown: 'arteries',
  heart_failure_severe: 'heart',
  acute_stroke: 'stroke',
  acute_dvt: 'clot',
  skin_infection: 'skin',
  weeping_skin: 'skin',
  gangrene: 'skin',
  recent_skin_graft: 'skin',
  paper_thin_skin: 'skin',
  severe_neuropathy: 'nerves',
  material_allergy: 'material',
  leg_shape: 'shape',
  red_flag: 'help',
};

/** The most urgent kind among some red flags; null where there is none. */
export function urgencyOf(flags: readonly RedFlag[]): (typeof urgencies)[number] | null {
  return urgencies.find((urgency) => redFlags[urgency].some((flag) => flags.includes(flag))) ?? null;
}
