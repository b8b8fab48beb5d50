import { useEffect, useState } from 'preact/hooks';
import type { Screening } from '../../../shared/api/types';
import { addDays, dayName, type PlainDate } from '../../../shared/nights';
import { dayHere } from '../../clock';
import type { Waits } from '../../first-day';
import { session } from '../../session/signals';
import { language, startTexts } from '../../texts';
import type { TrialWish } from '../answers/answers';
import { hasStockings } from '../answers/known';
import { RadioRows } from '../rows';
import { Step } from '../step';
import { startBounds } from './plans';

type Choice = 'tomorrow' | 'other' | 'later';

interface BeginProps {
  wish: TrialWish;
  change: (changes: Partial<TrialWish>) => void;
  part: { n: number; of: number };
  screening: Screening | null;
  /** Whether the person came back with what was missing. */
  back: boolean;
  onNext: () => void;
  /** Nothing is drawn until the person has the stockings, or has asked. */
  onLater: (waits: Waits) => void;
}

const today = () => dayHere(new Date());

/** The first day of the plan; or none yet, for whoever still gets stockings or must ask first. */
export function BeginPart({ wish, change, part, screening, back, onNext, onLater }: BeginProps) {
  const { trial: t, start } = startTexts.value;
  const { first, last } = startBounds(today());
  const asking = screening?.outcome === 'ask_first';
  const told = useHasStockings();
  const [chosen, setChosen] = useState<Choice | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const say = (day: PlainDate) => dayName(day, language.value);
  const usual: Choice = wish.start !== null && wish.start > first ? 'other' : told || back ? 'tomorrow' : 'later';
  const choice = asking ? 'later' : (chosen ?? usual);
  const inBounds = wish.start !== null && wish.start >= first && wish.start <= last;
  const next = () => {
    if (choice === 'later') return onLater(asking ? 'asking' : 'stockings');
    if (choice === 'other' && !inBounds) return setProblem(start.dateBounds(say(first), say(last)));
    if (choice === 'tomorrow') change({ start: null });
    onNext();
  };
  const later = { value: 'later' as const, label: asking ? t.whenAsked : t.whenThere, text: <span>{t.whenText}</span> };
  const days = [{ value: 'tomorrow' as const, label: t.tomorrow(say(first)) }, { value: 'other' as const, label: t.later }];
  // What is preselected hangs on what this phone knows of stockings: it must not jump under a finger.
  if (told === null && !asking) return <Step section="trial" title={t.startTitle} lead={t.startHint} part={part} primary={start.next} onPrimary={() => undefined} />;
  return (
    <Step section="trial" title={t.startTitle} lead={asking ? t.askHint : t.startHint} part={part} primary={start.next} onPrimary={next} problem={problem}>
      <section class="card">
        <RadioRows
          quiet
          legend={t.startTitle}
          options={asking ? [later] : [...days, later]}
          value={choice}
          onChange={(picked) => {
            setProblem(null);
            setChosen(picked);
            if (picked === 'other' && !inBounds) change({ start: addDays(first, 1) });
          }}
        />
        {choice === 'other' && (
          <label class="field">
            <span class="strong">{t.startDay}</span>
            <input class="short-date" type="date" min={first} max={last} value={wish.start ?? ''} onInput={(event) => change({ start: event.currentTarget.value || null })} />
            {inBounds && wish.start && <span class="hint" aria-live="polite">{t.sureStart(say(wish.start))}</span>}
          </label>
        )}
      </section>
    </Step>
  );
}

/** Whether this person has told of stockings; null while it is looked up. */
function useHasStockings(): boolean | null {
  const store = session.value?.store;
  const [told, setTold] = useState<boolean | null>(null);
  useEffect(() => {
    if (store) void hasStockings(store).then(setTold);
  }, [store]);
  return told;
}
