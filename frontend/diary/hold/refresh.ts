import { ApiProblem, bodyOf, type Api } from '../../shared/api/client';
import type { Hold } from '../../shared/api/types';
import { firstDay } from '../first-day';
import type { DiaryStore } from '../store/store';
import { isSame, type HoldCopy, type Sign, type SignEnd, type SignKey } from './copy';

/** Tells the server what was said of stop signs on this phone, and learns which stand. */
export async function refreshHolds(api: Api, store: DiaryStore): Promise<void> {
  const { holds: copy, outbox } = await store.snapshot();
  // What is said of a night, or of the safety answers, follows them: the server must know those first.
  const isAhead = ({ night_date }: SignKey) => (night_date === null ? (firstDay.value?.waiting.includes('safety') ?? false) : outbox.has(night_date));
  let told = (await bodyOf(api.GET('/api/holds'))).holds as Hold[];
  const settled: Sign[] = [];
  for (const sign of copy?.raised.filter((each) => !isAhead(each)) ?? []) {
    const { night_date, code } = sign;
    if (night_date !== null && !told.some((each) => isSame(each, sign))) {
      // The night was corrected before it was sent.
      told = (await bodyOf(api.POST('/api/holds', { body: { night_date, code } as never }))).holds as Hold[];
    }
    settled.push(sign);
  }
  const ended: SignEnd[] = [];
  for (const end of copy?.ends.filter((each) => !isAhead(each)) ?? []) {
    told = (await sendEnd(api, end)) ?? told;
    ended.push(end);
  }
  if (store.closed) return;
  await store.changeHolds((now) => afterRound(now, told, settled, ended));
}

// What was said meanwhile waits for the next round.
function afterRound(now: HoldCopy, told: Hold[], settled: readonly Sign[], ended: readonly SignEnd[]): HoldCopy {
  return {
    known: told.filter((sign) => sign.ended === null).map(({ night_date, code, since }) => ({ night_date, code, since })),
    raised: now.raised.filter((sign) => !settled.some((each) => same(each, sign))),
    ends: now.ends.filter((end) => !ended.some((each) => same(each, end))),
  };
}

const same = (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b);

// An end that the server refuses ends nothing: of the two the stricter counts.
async function sendEnd(api: Api, { night_date, code, how, on }: SignEnd): Promise<Hold[] | undefined> {
  try {
    return (await bodyOf(api.POST('/api/holds/ends', { body: { signs: [{ night_date, code } as never], how, on } }))).holds as Hold[];
  } catch (error) {
    if (error instanceof ApiProblem && [404, 409, 422].includes(error.status)) return undefined;
    throw error;
  }
}
