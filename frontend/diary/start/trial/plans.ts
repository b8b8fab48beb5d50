import type { DesignCheck, TrialPlan } from '../../../shared/api/types';
import { addDays, type PlainDate } from '../../../shared/nights';
import type { PlanKind, TrialWish } from '../answers/answers';

/** A plan that has nights. */
export type TrialKind = Exclude<PlanKind, 'none'>;
export const trialKinds: readonly TrialKind[] = ['staged', 'fixed', 'quick'];

export const blockNights = 3;
const fixedBlocks = 18;
/** Nights of each half of the quick look (backend/health/RULES.md 8). */
export const quickNights = 14;
const looks = [6, 9, 12];
// With rarer cramps a staged trial needs more nights (analysis/README.md 9).
const looksWhenRare = [10, 14];
const rareBelow = 7;
const farthestStart = 90;
/** The longest plan that patients are asked for, in nights. */
export const longestPlan = 180;

/** The plans that are offered, as the analysis recommends them; an unknown number of cramps is taken for few. */
export function planOf(kind: TrialKind, crampsPerWeek: number | null): TrialPlan {
  if (kind === 'fixed') return { design: 'blocks', blocks: fixedBlocks, block_nights: blockNights };
  if (kind === 'quick') return { design: 'before_after', block_nights: quickNights };
  const planned = (crampsPerWeek ?? 0) < rareBelow ? looksWhenRare : looks;
  return { design: 'pairs', pairs: planned.at(-1) ?? 0, block_nights: blockNights, looks: planned };
}

/** Nights from the first to the planned last one. */
export function nightsOf(plan: TrialPlan): number {
  const blocks = plan.pairs ? 2 * plan.pairs : (plan.blocks ?? 2);
  return blocks * (plan.block_nights ?? 0);
}

/** In how many of ten people a plan shows a halving of the cramps; `low` is fewer than one, `high` nearly all. */
export function chances({ expected_power }: Pick<DesignCheck, 'expected_power'>): number | 'low' | 'high' {
  if (expected_power < 0.1) return 'low';
  return expected_power >= 0.95 ? 'high' : Math.min(9, Math.round(expected_power * 10));
}

/** The days a plan may start on. */
export function startBounds(today: PlainDate): { first: PlainDate; last: PlainDate } {
  return { first: addDays(today, 1), last: addDays(today, farthestStart) };
}

/** The day a plan starts on: the one wished for, or tomorrow where that has passed. */
export function startOf(wish: Pick<TrialWish, 'start'>, today: PlainDate): PlainDate {
  const { first } = startBounds(today);
  return wish.start !== null && wish.start > first ? wish.start : first;
}
