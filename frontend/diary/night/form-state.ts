import { useEffect, useRef, useState } from 'preact/hooks';
import type { Cramp, Night } from '../../shared/api/types';
import { deviceZone, type PlainDate } from '../../shared/nights';
import type { StopSign } from '../../shared/stop-signs';
import { now } from '../clock';
import { mistakesOf, signsStanding, wearing } from '../hold/hold';
import { changed } from '../session/changes';
import { diary, planned, session } from '../session/signals';
import type { Draft } from '../store/schema';
import { newNight } from './answers';
import { crampOf, endedMarks, takeIn } from './marks';

/** A night being filled in; every change is kept on the phone until the night is saved. */
export interface NightForm {
  night: Night;
  step: Draft['step'];
  /** Whether the night was recorded before. */
  answered: boolean;
  /** Cramps marked in the night, as they were marked. */
  marked: Cramp[];
  /** Cramps whose timer ran so long that the person must say whether that is right. */
  doubtful: readonly string[];
  settle: (cramp: string) => void;
  /** Stop signs of this night that stand and are no longer in the form. */
  withdrawn: readonly StopSign[];
  /** Those of them that the person calls entered by mistake. */
  mistaken: readonly StopSign[];
  callMistaken: (codes: StopSign[]) => void;
  update: (answers: Partial<Night>) => void;
  go: (step: Draft['step'], answers?: Partial<Night>) => void;
  save: () => Promise<void>;
  /** Forgets what was typed and not saved. */
  discard: () => Promise<void>;
}

/** The form of one night: from its draft, else from the recorded night, else fresh. Null for the moment it loads. */
export function useNightForm(date: PlainDate): NightForm | null {
  // Undefined while loading, null while nothing was typed: until then the form follows what arrives from the server.
  const [kept, setKept] = useState<Draft | null | undefined>(undefined);
  const latest = useRef<Draft | null>(null);
  const done = useRef(false);
  const store = session.value?.store;

  useEffect(() => {
    let current = true;
    void store?.meta(`draft:${date}`).then((draft) => current && setKept(draft ?? null));
    return () => {
      current = false;
    };
  }, [date, store]);
  useBackStep(() => latest.current?.step === 'details' && keep({ step: 'choose' }));

  const marks = endedMarks(diary.value.marks, date, now.value);
  latest.current = kept === undefined ? null : takeIn(kept ?? freshDraft(date), marks);
  const keep = (change: Partial<Draft>) => {
    if (!latest.current || done.current) return;
    latest.current = { ...latest.current, ...change };
    setKept(latest.current);
    void store?.putMeta(`draft:${date}`, latest.current);
  };
  const leave = () => {
    done.current = true;
    if (history.state?.step === 'details') history.back();
  };
  if (!latest.current || !store) return null;
  const { night, step, opened, mistaken = [] } = latest.current;
  const withdrawn = opened ? signsStanding(date).filter((code) => !night.problems.includes(code)) : [];
  return {
    night,
    step,
    answered: opened !== null,
    marked: marks.map(crampOf),
    doubtful: (latest.current.doubtful ?? []).filter((id) => night.cramps.some((cramp) => cramp.id === id)),
    settle: (cramp) => keep({ doubtful: latest.current?.doubtful?.filter((id) => id !== cramp) ?? [] }),
    withdrawn,
    mistaken: withdrawn.filter((code) => mistaken.includes(code)),
    callMistaken: (codes) => keep({ mistaken: codes }),
    update: (answers) => latest.current && keep({ night: { ...latest.current.night, ...answers } }),
    go: (to, answers) => {
      if (to === 'details') history.pushState({ step: to }, '');
      if (latest.current) keep({ step: to, night: { ...latest.current.night, ...answers } });
    },
    save: async () => {
      const draft = latest.current;
      if (!draft) return;
      const moment = new Date();
      const ends = mistakesOf(date, withdrawn.filter((code) => draft.mistaken?.includes(code)));
      await store.record({ ...draft.night, edited_at: moment.toISOString() }, draft.opened, draft.taken, ends);
      leave();
      await changed();
      void session.value?.sync.run();
    },
    discard: async () => {
      leave();
      await store.deleteMeta(`draft:${date}`);
    },
  };
}

function freshDraft(date: PlainDate): Draft {
  const recorded = diary.value.nights.get(date)?.night;
  if (recorded) return { night: recorded, opened: recorded, step: 'details' };
  // Who is told to leave the stockings off, or to ask first, may have done either; nothing is taken for worn, or for
  // not worn, that nobody said.
  const plan = wearing.value === 'follow' ? planned.value : null;
  return { night: newNight(date, diary.value.nights, plan, deviceZone()), opened: null, step: 'choose' };
}

// The answer opens a second step of the same page, and the phone's back button must lead out of it again.
function useBackStep(onBack: () => void): void {
  useEffect(() => {
    const listener = () => {
      if (history.state?.step !== 'details') onBack();
    };
    addEventListener('popstate', listener);
    return () => removeEventListener('popstate', listener);
  });
}
