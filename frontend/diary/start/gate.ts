import type { Question, SafetyAnswers } from './answers';
import { urgencyOf, whomToAsk } from './safety-questions';

/** Below this index of the blood flow nobody wears stockings (DOMAIN 3; backend/health/gate.py). */
const abiForbidsBelow = 0.6;

/** Whether answers speak against stockings, as a phone must know before the server has judged them (DOMAIN 3, 4). */
export function forbids({ answers, abi, red_flags }: SafetyAnswers): boolean {
  const urgency = urgencyOf(red_flags);
  const arterial = Boolean(answers.claudication || answers.known_arterial_disease);
  const flow = abi === null ? arterial : abi < abiForbidsBelow;
  return flow || urgency === 'emergency' || urgency === 'same_day' || Object.keys(whomToAsk).some((code) => answers[code as Question]);
}
