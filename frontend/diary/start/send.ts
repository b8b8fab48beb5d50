import { ApiProblem, bodyOf, ForeignAnswer, NoConnection } from '../../shared/api/client';
import { api, changeProfile } from '../session';
import { firstDay } from '../first-day';
import type { DiaryStore } from '../store/store';
import type { AnsweredSection, AnswersOf, Kept, KnownAnswers } from './answers';
import { markStep } from './marks';
import { questionsVersion } from './safety-questions';

/** How a step's sending ended: on the server, kept for later, or refused with the server's reason. */
export type Sent = 'sent' | 'kept' | { refused: string };

type SentSection = Exclude<AnsweredSection, 'trial'>;

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
  const turn = lastTurn.then(() => sendNow(store, section));
  lastTurn = turn.catch(() => undefined);
  return turn;
}

/** Sends everything that waits. */
export async function sendWaiting(store: DiaryStore): Promise<void> {
  for (const section of firstDay.value?.waiting ?? []) {
    if (section in senders) await sendStep(store, section as SentSection);
  }
}

/** Sends a safety screen that is not complete yet, so that a physician hears of a red flag at once. */
export async function tellRedFlags(answers: AnswersOf['safety']): Promise<void> {
  await senders.safety(answers).catch(unlessUnreachable);
}

async function sendNow<S extends SentSection>(store: DiaryStore, section: S): Promise<Sent> {
  const kept = (await store.meta(`start:${section}`)) as Kept<AnswersOf[S]> | undefined;
  if (!kept?.finished) return 'sent';
  try {
    const known = await senders[section](kept.answers);
    if (known) await store.putMeta(`known:${section}`, known as KnownAnswers);
    await forget(store, section, kept);
    await markStep(store, section, 'done');
    return 'sent';
  } catch (error) {
    return unsent(store, section, kept, error);
  }
}

async function unsent(store: DiaryStore, section: SentSection, kept: Kept<AnswersOf[SentSection]>, error: unknown): Promise<Sent> {
  if (error instanceof ApiProblem && isRefusal(error.status)) {
    await store.putMeta(`start:${section}`, { ...kept, finished: false });
    await markStep(store, section, 'open');
    return { refused: error.problem.errors?.map(({ detail }) => detail).join(' ') || error.message };
  }
  unlessUnreachable(error);
  await markStep(store, section, 'waiting');
  return 'kept';
}

// What was typed while its earlier version was on the way stays.
async function forget(store: DiaryStore, section: SentSection, sent: Kept<unknown>): Promise<void> {
  const current = await store.meta(`start:${section}`);
  if (JSON.stringify(current) === JSON.stringify(sent)) await store.deleteMeta(`start:${section}`);
}

// Signed out, too slow, too often: none of these says that the answers are wrong.
const isRefusal = (status: number) => status >= 400 && status < 500 && ![401, 408, 429].includes(status);

/** Lets pass that there is no answer of the server for now. */
export function unlessUnreachable(error: unknown): undefined {
  if (!(error instanceof ApiProblem || error instanceof ForeignAnswer || error instanceof NoConnection)) throw error;
  return undefined;
}
