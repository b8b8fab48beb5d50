import { bodyOf } from '../../shared/api/client';
import type { Screening } from '../../shared/api/types';
import { firstDay, type Section } from '../first-day';
import { api } from '../api';
import { me, session } from '../session/signals';
import type { DiaryStore } from '../store/store';
import { unlessUnreachable } from '../sync/unreachable';
import { isAnswered } from './safety/gate';
import { lastKnown, readKnown } from './answers/known';
import { markOf, markStep } from './marks';

/** Marks what was done on another phone, and opens again what has become incomplete; without a connection nothing changes. Tells whether the server answered; its `screening` need not be asked for twice. */
export async function learnMarks(store: DiaryStore, screening?: Screening): Promise<boolean> {
  const unlessDone = <T>(section: Section, read: () => Promise<T>) => (markOf(section) === 'done' ? undefined : read());
  const [answered, health, stockings, trials] = await Promise.all([
    screening ?? readKnown(store, 'safety'),
    unlessDone('health', () => readKnown(store, 'health')),
    unlessDone('stockings', () => readKnown(store, 'stockings')),
    unlessDone('trial', () => bodyOf(api.GET('/api/trials')).catch(unlessUnreachable)),
  ]);
  if (session.value?.store !== store) return false;
  // What was sent from here meanwhile is newer.
  const safety = answered && (await lastKnown(store, 'safety'));
  const done: Partial<Record<Section, boolean>> = {
    profile: hasProfile(),
    ...(safety && { safety: isAnswered(safety) }),
    health: isTold(health),
    stockings: isTold(stockings),
    // An earlier trial does not end what wishes for another one wait for.
    trial: trials?.trials.some(({ active }) => active || !firstDay.value?.waits),
    reminders: Boolean(me.value?.reminder_morning ?? me.value?.reminder_evening),
  };
  for (const [section, isDone] of Object.entries(done) as [Section, boolean][]) {
    if (isDone && ['open', 'later'].includes(markOf(section))) await markStep(store, section, 'done');
  }
  if (safety && !isAnswered(safety) && markOf('safety') === 'done') await markStep(store, 'safety', 'open');
  return safety !== undefined;
}

const isTold = (known: object | undefined) => Boolean((known as { version?: number } | undefined)?.version);

function hasProfile(): boolean {
  const who = me.value;
  return Boolean(who && [who.birth_year, who.country, who.usual_cramps_per_week].some((each) => each !== null));
}
