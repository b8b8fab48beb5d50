import { bodyOf } from '../../../shared/api/client';
import type { Garment, HealthHistory, Screening } from '../../../shared/api/types';
import { learnSafety } from '../../safety';
import { api } from '../../api';
import { me } from '../../session/signals';
import type { DiaryStore } from '../../store/store';
import { unlessUnreachable } from '../../sync/unreachable';
import { nothingAnswered, type AnsweredSection, type AnswersOf, type Kept, type KnownOf } from './answers';
import { legsOf } from '../safety/gate';

type KnownSection = keyof KnownOf;

const readers: { [S in KnownSection]: () => Promise<KnownOf[S]> } = {
  safety: async () => (await bodyOf(api.GET('/api/screening'))) as Screening,
  health: async () => (await bodyOf(api.GET('/api/health-history'))) as HealthHistory,
  stockings: async () => (await bodyOf(api.GET('/api/garment'))) as Garment,
};

/** What the server answers now, kept on the phone for the next time; undefined without a connection. */
export async function readKnown<S extends KnownSection>(store: DiaryStore, section: S): Promise<KnownOf[S] | undefined> {
  const fresh = await readers[section]().catch(unlessUnreachable);
  if (fresh) await store.putMeta(`known:${section}`, fresh);
  if (fresh && section === 'safety') await learnSafety(store, fresh as Screening);
  return fresh;
}

/** What the server answered the last time. */
export async function lastKnown<S extends KnownSection>(store: DiaryStore, section: S): Promise<KnownOf[S] | undefined> {
  return (await store.meta(`known:${section}`)) as KnownOf[S] | undefined;
}

const fromKnown: { [S in KnownSection]: (known: KnownOf[S]) => AnswersOf[S] } = {
  safety: ({ answers, asked, red_flags, ...told }) => ({
    answers: Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== null)),
    ...legsOf(told),
    asked,
    red_flags,
  }),
  health: (known) => pick(known, nothingAnswered.health),
  stockings: (known) => ({ ...pick(known, nothingAnswered.stockings), have: isTold(known) ? true : null }),
};

/** The answers a step starts from: the server's, else none. */
export function startingAnswers<S extends AnsweredSection>(section: S, known: unknown): AnswersOf[S] {
  if (section === 'profile') return profileAnswers() as AnswersOf[S];
  if (!known || section === 'trial') return nothingAnswered[section];
  return fromKnown[section as KnownSection](known as never) as AnswersOf[S];
}

function profileAnswers(): AnswersOf['profile'] {
  const { birth_year = null, country = null, usual_cramps_per_week = null } = me.value ?? {};
  return { birth_year, country, usual_cramps_per_week };
}

/** Whether the person has stockings, as far as this phone or the server knows: what was typed last counts. */
export async function hasStockings(store: DiaryStore): Promise<boolean> {
  const typed = (await store.meta('start:stockings')) as Kept<AnswersOf['stockings']> | undefined;
  if (typed) return typed.answers.have === true;
  const known = (await lastKnown(store, 'stockings')) ?? (await readKnown(store, 'stockings'));
  return known !== undefined && isTold(known);
}

const isTold = ({ scheme, compression_class, mmhg_low, length }: Garment) => [scheme, compression_class, mmhg_low, length].some((each) => each !== null);

// The server's document says more (version, date) than it takes back.
function pick<T extends object>(from: object, like: T): T {
  return Object.fromEntries(Object.keys(like).map((key) => [key, (from as Record<string, unknown>)[key] ?? null])) as T;
}
