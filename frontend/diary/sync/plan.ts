import { bodyOf, type Api } from '../../shared/api/client';
import type { PlanNight, Result, Trial } from '../../shared/api/types';
import { addDays, deviceZone, latestNight, type PlainDate } from '../../shared/nights';
import type { PlanCopy } from '../store/schema';

/** What is known before any answer: no trial. */
export const noPlan: PlanCopy = { trials: [], plan: [], finished: null, asked: '' };

const daysAhead = 14;
/** The longest range the server answers. */
const longestRange = 400;

/** Fetches the trials and all nights planned for them, for use without a connection; what has not changed is not fetched again. */
export async function fetchPlan(api: Api, known: PlanCopy, today: PlainDate, recorded: number): Promise<PlanCopy> {
  const { trials } = (await bodyOf(api.GET('/api/trials'))) as { trials: Trial[] };
  const query = rangeOf(trials, today);
  const current = JSON.stringify(trials) === JSON.stringify(known.trials) && known.plan.at(-1)?.date === query.to;
  const plan = current || trials.length === 0 ? known.plan : ((await bodyOf(api.GET('/api/plan', { params: { query } }))) as PlanNight[]);
  return { ...(await askWhetherFinished(api, known, trials[0], today, recorded)), trials, plan: trials.length === 0 ? [] : plan };
}

function rangeOf(trials: readonly Trial[], today: PlainDate): { from: PlainDate; to: PlainDate } {
  const to = [addDays(today, daysAhead), ...trials.map(({ end_date }) => end_date)].sort().at(-1)!;
  const first = [today, ...trials.map(({ start_date }) => start_date)].sort()[0]!;
  const from = [first, addDays(to, 1 - longestRange)].sort().at(-1)!;
  return { from, to };
}

// Only a staged trial can reach its answer before its planned end, and only a further night can bring it there.
async function askWhetherFinished(
  api: Api,
  known: PlanCopy,
  trial: Trial | undefined,
  today: PlainDate,
  recorded: number,
): Promise<Pick<PlanCopy, 'finished' | 'asked'>> {
  if (!trial || trial.looks.length === 0 || trial.stopped_at || today < trial.start_date) return { finished: null, asked: '' };
  // A look comes at noon, when the next night opens.
  const asked = `${trial.id} ${recorded} ${latestNight(new Date(), deviceZone())}`;
  if (known.finished === trial.id || known.asked === asked || today > trial.end_date) return { finished: known.finished, asked: known.asked };
  // A result that cannot be had must not cost the plan.
  const result = (await bodyOf(api.GET('/api/result')).catch(() => null)) as Result | null;
  if (!result) return { finished: known.finished, asked: '' };
  const { state } = result;
  return { finished: state === 'running' || state === 'insufficient' ? null : trial.id, asked };
}
