import { ApiProblem, bodyOf } from '../../../shared/api/client';
import type { Screening } from '../../../shared/api/types';
import { api } from '../../api';
import { dayHere } from '../../clock';
import { firstDay } from '../../first-day';
import { keepSafety, learnSafety } from '../../safety';
import { withSign } from '../../hold/copy';
import { learnHolds } from '../../hold/learn';
import { changed } from '../../session/changes';
import { changeProfile } from '../../session/profile';
import type { DiaryStore } from '../../store/store';
import { unlessUnreachable } from '../../sync/unreachable';
import type { AnsweredSection, AnswersOf, Kept, KnownAnswers, SafetyAnswers } from './answers';
import { forbids, isAnswered } from '../safety/gate';
import { markStep } from '../marks';
import { questionsVersion, urgencyOf } from '../safety/questions';

/** How a step's sending ended: on the server, kept for later, or refused with the server's reason. */
export type Sent = 'sent' | 'kept' | { refused: string };

type SentSection = Exclude<AnsweredSection, 'trial'>;

/** Where answers wait to be sent. */
type Place = `start:${SentSection | 'flags'}`;

const senders: { [S in SentSection]: (answers: AnswersOf[S]) => Promise<unknown> } = {
  profile: changeProfile,
  safety: (answers) => bodyOf(api.POST('/api/screening', { body: { questions_version: questionsVersion, ...answers } })),
  health: (answers) => bodyOf(api.PUT('/api/health-history', { body: answers })),
  stockings: ({ have: _have, ...garment }) => bodyOf(api.PUT('/api/garment', { body: garment })),
};

// One after the other: an answer that is sent twice at once would stand twice in the history.
let lastTurn: Promise<unknown> = Promise.resolve();

/** Sends a step's finished answers; what cannot be sent stays on the phone. */
export function sendStep(store: DiaryStore, section: SentSection): Promise<Sent> {
  const turn = lastTurn.then(() => sendInOrder(store, section));
  lastTurn = turn.catch(() => undefined);
  return turn;
}

/** Sends everything that waits. */
export async function sendWaiting(store: DiaryStore): Promise<void> {
  for (const section of firstDay.value?.waiting ?? []) {
    if (section in senders) await sendStep(store, section as SentSection);
  }
}

/** Sends a safety screen that is not complete yet, so that a physician hears of a red flag as soon as there is a connection. */
export async function tellRedFlags(store: DiaryStore, answers: SafetyAnswers): Promise<void> {
  await store.putMeta('start:flags', { answers, finished: true });
  await markStep(store, 'safety', 'waiting');
  await sendStep(store, 'safety');
}

// Red flags were answered before the rest of the screen, and stand before it in the history too.
async function sendInOrder(store: DiaryStore, section: SentSection): Promise<Sent> {
  const flags = section === 'safety' ? await sendNow(store, section, 'start:flags') : 'sent';
  return flags === 'kept' ? flags : sendNow(store, section, `start:${section}`);
}

async function sendNow<S extends SentSection>(store: DiaryStore, section: S, place: Place): Promise<Sent> {
  const kept = (await store.meta(place)) as Kept<AnswersOf[S]> | undefined;
  if (!kept?.finished) return 'sent';
  // The phone acts on such answers whether or not they reach the server.
  if (section === 'safety' && forbids(kept.answers as SafetyAnswers)) await forbid(store, kept.answers as SafetyAnswers);
  try {
    const known = await senders[section](kept.answers);
    if (known) await store.putMeta(`known:${section}`, known as KnownAnswers);
    await forget(store, place, kept);
    await markStep(store, section, section === 'safety' && !isAnswered(known as Screening) ? 'open' : 'done');
    if (section === 'safety') {
      await learnSafety(store, known as Screening);
      await learnHolds();
    }
    return 'sent';
  } catch (error) {
    return unsent(store, section, place, kept, error);
  }
}

async function forbid(store: DiaryStore, { red_flags }: SafetyAnswers): Promise<void> {
  const since = dayHere(new Date());
  const code = ['emergency', 'same_day'].includes(urgencyOf(red_flags) ?? '') ? 'red_flag' : 'blocked';
  await store.changeHolds((holds) => withSign(holds, { night_date: null, code, since }));
  await keepSafety(store, 'blocked');
  await changed();
}

async function unsent(store: DiaryStore, section: SentSection, place: Place, kept: Kept<AnswersOf[SentSection]>, error: unknown): Promise<Sent> {
  if (error instanceof ApiProblem && isRefusal(error.status)) {
    await store.putMeta(place, { ...kept, finished: false });
    await markStep(store, section, 'open');
    return { refused: error.problem.errors?.map(({ detail }) => detail).join(' ') || error.message };
  }
  unlessUnreachable(error);
  await markStep(store, section, 'waiting');
  return 'kept';
}

// What was typed while its earlier version was on the way stays.
async function forget(store: DiaryStore, place: Place, sent: Kept<unknown>): Promise<void> {
  const current = await store.meta(place);
  if (JSON.stringify(current) === JSON.stringify(sent)) await store.deleteMeta(place);
}

// Signed out, too slow, too often: none of these says that the answers are wrong.
const isRefusal = (status: number) => status >= 400 && status < 500 && ![401, 408, 429].includes(status);
