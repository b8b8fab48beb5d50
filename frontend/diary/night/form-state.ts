import { useEffect, useRef, useState } from 'preact/hooks';
import type { Night } from '../../shared/api/types';
import { deviceZone, type PlainDate } from '../../shared/nights';
import { changed, diary, plan, session } from '../session';
import type { Draft } from '../store/schema';
import { newNight } from './answers';

/** A night being filled in; every change is kept on the phone until the night is saved. */
export interface NightForm {
  night: Night;
  step: Draft['step'];
  update: (answers: Partial<Night>) => void;
  go: (step: Draft['step'], answers?: Partial<Night>) => void;
  save: () => Promise<void>;
  discard: () => Promise<void>;
}

/** The form of one night: from its draft, else from the recorded night, else fresh. Null for the moment it loads. */
export function useNightForm(date: PlainDate): NightForm | null {
  const [draft, setDraft] = useState<Draft | null>(null);
  const latest = useRef<Draft | null>(null);
  const store = session.value?.store;

  const show = (next: Draft) => {
    latest.current = next;
    setDraft(next);
  };
  useEffect(() => {
    let current = true;
    void store?.meta(`draft:${date}`).then((kept) => current && show(kept ?? freshDraft(date)));
    return () => {
      current = false;
    };
  }, [date, store]);
  useBackStep(() => latest.current && keep({ ...latest.current, step: 'choose' }));

  const keep = (next: Draft) => {
    show(next);
    void store?.putMeta(`draft:${date}`, next);
  };
  if (!draft || !store || draft.night.night_date !== date) return null;
  return {
    night: draft.night,
    step: draft.step,
    update: (answers) => latest.current && keep({ ...latest.current, night: { ...latest.current.night, ...answers } }),
    go: (step, answers) => {
      if (step === 'details') history.pushState({ step }, '');
      if (latest.current) keep({ ...latest.current, step, night: { ...latest.current.night, ...answers } });
    },
    save: async () => {
      const { night, opened } = latest.current ?? draft;
      await store.record({ ...night, edited_at: new Date().toISOString() }, opened);
      latest.current = null;
      leaveStep();
      await changed();
      void session.value?.sync.run();
    },
    discard: async () => {
      latest.current = null;
      await store.deleteMeta(`draft:${date}`);
      leaveStep();
    },
  };
}

function freshDraft(date: PlainDate): Draft {
  const recorded = diary.value.nights.get(date)?.night;
  if (recorded) return { night: recorded, opened: recorded, step: 'details' };
  return { night: newNight(date, diary.value.nights, plan.value, deviceZone()), opened: null, step: 'choose' };
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

function leaveStep(): void {
  if (history.state?.step === 'details') history.back();
}
