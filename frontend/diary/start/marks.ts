import { firstDay, sections, type FirstDay, type Section, type Waits } from '../first-day';
import type { DiaryStore } from '../store/store';

export type Mark = 'open' | 'done' | 'later' | 'waiting';

const unbegun: FirstDay = { done: [], later: [], waiting: [] };

/** How a step stands on this phone. */
export function markOf(section: Section): Mark {
  const day = firstDay.value ?? unbegun;
  return (['waiting', 'done', 'later'] as const).find((mark) => day[mark].includes(section)) ?? 'open';
}

/** The first day with one step marked anew. */
export function withMark(day: FirstDay, section: Section, mark: Mark): FirstDay {
  const others = (list: Section[]) => list.filter((each) => each !== section);
  const waits = section === 'trial' ? undefined : day.waits;
  const next = { done: others(day.done), later: others(day.later), waiting: others(day.waiting), ...(waits && { waits }) };
  return mark === 'open' ? next : { ...next, [mark]: [...next[mark], section] };
}

/** Marks a step, on the screen and in the store. */
export async function markStep(store: DiaryStore, section: Section, mark: Mark): Promise<void> {
  firstDay.value = withMark(firstDay.value ?? unbegun, section, mark);
  await store.putMeta('start', firstDay.value);
}

/** Keeps the wishes for a plan until what they wait for is there; the step counts as left for later. */
export async function keepWishes(store: DiaryStore, waits: Waits): Promise<void> {
  firstDay.value = { ...withMark(firstDay.value ?? unbegun, 'trial', 'later'), waits };
  await store.putMeta('start', firstDay.value);
}

/** The step to offer after one: the next open one, from the start again after the last; null when none is open. */
export function nextOpen(day: FirstDay, after: Section | null): Section | null {
  const from = after === null ? 0 : sections.indexOf(after) + 1;
  const inTurn = [...sections.slice(from), ...sections.slice(0, from)];
  const closed = [...day.done, ...day.later, ...day.waiting];
  return inTurn.find((each) => each !== after && !closed.includes(each)) ?? null;
}
