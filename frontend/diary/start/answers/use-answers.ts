import { useEffect, useRef, useState } from 'preact/hooks';
import { session } from '../../session/signals';
import type { AnsweredSection, AnswersOf, Kept, KnownAnswers, KnownOf } from './answers';
import { lastKnown, readKnown, startingAnswers } from './known';
import { markOf, markStep } from '../marks';
import { sendStep, type Sent } from './send';

/** A step being answered; every change is kept on the phone until the server has it. */
export interface StepAnswers<S extends AnsweredSection> {
  answers: AnswersOf[S];
  /** The server's own document, as far as it is known. */
  known: S extends keyof KnownOf ? KnownOf[S] | undefined : undefined;
  /** Whether something is typed that the server does not have. */
  unsent: boolean;
  /** Whether finished answers have found no connection and go out later. */
  waiting: boolean;
  change: (changes: Partial<AnswersOf[S]>) => void;
  /** Sends the answers, with last changes; what cannot be sent is kept and goes out later. */
  finish: (changes?: Partial<AnswersOf[S]>) => Promise<Sent>;
}

const isKnown = (section: AnsweredSection): section is keyof KnownOf => ['safety', 'health', 'stockings'].includes(section);

/** The answers of a step: as typed on this phone, else as the server knows them, else none. Null for the moment they load. */
export function useAnswers<S extends AnsweredSection>(section: S): StepAnswers<S> | null {
  const store = session.value?.store;
  const [loaded, setLoaded] = useState(false);
  const [kept, setKept] = useState<Kept<AnswersOf[S]> | null>(null);
  const [known, setKnown] = useState<KnownAnswers | undefined>(undefined);
  const [waiting, setWaiting] = useState(false);
  const latest = useRef<AnswersOf[S] | null>(null);
  const mark = markOf(section);

  useEffect(() => {
    if (!store) return;
    let current = true;
    const load = async () => {
      const [draft, last] = await Promise.all([store.meta(`start:${section}`), isKnown(section) ? lastKnown(store, section) : undefined]);
      const show = (document: KnownAnswers | undefined) => {
        if (!current) return;
        setKept((draft as Kept<AnswersOf[S]> | undefined) ?? null);
        setKnown(document);
        setWaiting(mark === 'waiting' && Boolean(draft?.finished));
        setLoaded(true);
      };
      // What this phone has is shown at once; only where it has nothing is the server waited for.
      if (draft || last || !isKnown(section)) show(last);
      const fresh = isKnown(section) ? await readKnown(store, section) : undefined;
      if (!draft && !last) show(fresh);
      else if (current && fresh) setKnown(fresh);
    };
    void load();
    return () => {
      current = false;
    };
  }, [store, section]);

  // What waited was sent meanwhile, after a round with the server.
  useEffect(() => {
    if (!waiting || mark === 'waiting' || !store) return;
    setWaiting(false);
    // Refused answers are still there, to be corrected.
    void store.meta(`start:${section}`).then((draft) => setKept((draft as Kept<AnswersOf[S]> | undefined) ?? null));
    if (isKnown(section)) void lastKnown(store, section).then(setKnown);
  }, [mark, waiting]);

  if (!loaded || !store) return null;
  const answers = kept?.answers ?? startingAnswers(section, known);
  latest.current = answers;
  const keep = async (changes: Partial<AnswersOf[S]>, finished: boolean) => {
    latest.current = { ...(latest.current ?? answers), ...changes };
    const next = { answers: latest.current, finished };
    setKept(next);
    await store.putMeta(`start:${section}`, next);
  };
  return {
    answers,
    known: known as StepAnswers<S>['known'],
    unsent: kept !== null,
    waiting,
    change: (changes) => void keep(changes, false),
    finish: async (changes = {}) => {
      await keep(changes, true);
      if (section === 'trial') return 'kept';
      // Noted before it is sent: if the phone dies meanwhile, the next round sends it.
      await markStep(store, section, 'waiting');
      const sent = await sendStep(store, section);
      setWaiting(sent === 'kept');
      if (sent === 'sent' && isKnown(section)) {
        setKnown(await lastKnown(store, section));
        setKept(null);
      }
      return sent;
    },
  };
}
