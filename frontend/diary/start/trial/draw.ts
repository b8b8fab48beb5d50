import { ApiProblem, bodyOf } from '../../../shared/api/client';
import type { Screening, Trial } from '../../../shared/api/types';
import { dayHere } from '../../clock';
import { api } from '../../api';
import { me, session } from '../../session/signals';
import { unlessUnreachable } from '../../sync/unreachable';
import type { TrialWish } from '../answers/answers';
import { planOf, startOf, type TrialKind } from './plans';

/** Why no plan may start, as the server names it. */
export type Gate = 'screening_missing' | 'screening_incomplete' | 'blocked' | 'ask_first' | 'trial_running';

/** How a draw ended: a trial, a gate, the server's own words, or no connection. */
export type Drawn = { trial: Trial } | { gate: Gate } | { refused: string } | 'unreachable';

const gates: Record<Screening['outcome'], Gate | null> = {
  not_answered: 'screening_missing',
  incomplete: 'screening_incomplete',
  blocked: 'blocked',
  ask_first: 'ask_first',
  free: null,
};

/** What of the safety screen stands before a plan; null for nothing, or where it is not known and the server will tell. */
export const gateOf = (screening: Screening | null): Gate | null => screening && gates[screening.outcome];

/** Has the plan drawn, once; an agreement to wear in bed is sent first, because the server asks for it. */
export async function drawTrial(kind: TrialKind, wish: TrialWish, screening: Screening | null): Promise<Drawn> {
  try {
    if (wish.wear !== 'day' && wish.agreed && screening) await sendAgreement(wish.agreed, screening);
    const { wear: exposure, expectation } = wish;
    const start_date = startOf(wish, dayHere(new Date()));
    const plan = planOf(kind, me.value?.usual_cramps_per_week ?? null);
    const trial = (await bodyOf(api.POST('/api/trials', { body: { ...plan, exposure, expectation, start_date } }))) as Trial;
    void session.value?.sync.run();
    return { trial };
  } catch (error) {
    return notDrawn(error);
  }
}

async function sendAgreement(agreed: string, known: Screening): Promise<void> {
  const { questions_version, answers, abi_left, abi_right, abi, asked, red_flags } = known;
  if (asked.night_wear === agreed) return;
  const body = { questions_version, answers, abi_left, abi_right, abi, red_flags, asked: { ...asked, night_wear: agreed } };
  await api.POST('/api/screening', { body });
}

function notDrawn(error: unknown): Drawn {
  if (error instanceof ApiProblem && error.status === 409) {
    const gate = error.problem.reason as Gate;
    // A draw whose answer was lost on the way shows as a plan that runs: the plan is fetched, and the page shows it.
    if (gate === 'trial_running') void session.value?.sync.run();
    return { gate };
  }
  if (error instanceof ApiProblem && error.status === 422) {
    return { refused: error.problem.errors?.map(({ detail }) => detail).join(' ') || error.message };
  }
  unlessUnreachable(error);
  return 'unreachable';
}
