import type { Screening } from '../../../shared/api/types';
import type { Question, SafetyAnswers } from '../answers/answers';
import { urgencyOf, whomToAsk } from './questions';

/** Below this index of the blood flow nobody wears stockings (backend/health/RULES.md 3). */
const abiForbidsBelow = 0.6;

/** Whether every safety question has an answer: a red flag alone is judged before they are asked. */
export const isAnswered = ({ missing }: Pick<Screening, 'missing'>) => missing.length === 0;

/** The ankle-brachial index of each leg; one that was told for both stands for both. */
export function legsOf({ abi = null, abi_left, abi_right }: Partial<SafetyAnswers>): Pick<SafetyAnswers, 'abi_left' | 'abi_right'> {
  return { abi_left: abi_left ?? abi, abi_right: abi_right ?? abi };
}

/** Whether answers speak against stockings, as a phone must know before the server has judged them (backend/health/RULES.md 2 and 5). */
export function forbids({ answers, red_flags, ...told }: SafetyAnswers): boolean {
  const urgency = urgencyOf(red_flags);
  const arterial = Boolean(answers.claudication || answers.known_arterial_disease);
  const flow = Object.values(legsOf(told)).some((abi) => (abi === null ? arterial : abi < abiForbidsBelow));
  return flow || urgency === 'emergency' || urgency === 'same_day' || Object.keys(whomToAsk).some((code) => answers[code as Question]);
}
