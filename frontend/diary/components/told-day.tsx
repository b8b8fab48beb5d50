import './choice.css';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { PlainDate } from '../../shared/nights';
import { useSteady } from './steady';

interface ToldDayProps {
  /** What the person says. */
  label: string;
  /** Asks for the day on which it was so. */
  question: string;
  /** The day chosen; null while the person does not say it. */
  day: PlainDate | null;
  first: PlainDate;
  last: PlainDate;
  /** The day in words. */
  chosen: (day: PlainDate) => string;
  /** Said of a day outside of the bounds. */
  bounds: string;
  onChange: (day: PlainDate | null) => void;
  /** What stands below the day. */
  action?: (bad: boolean) => ComponentChildren;
}

/** One thing that can be said, with its day; it can be taken back. The day is said in words too: a browser's own field has its own order. */
export function ToldDay({ label, question, day, first, last, chosen, bounds, onChange, action }: ToldDayProps) {
  const id = useId();
  const steady = useSteady(day !== null);
  const bad = day !== null && (day < first || day > last);
  return (
    <>
      <button type="button" class="option asked" aria-pressed={day !== null} onClick={() => steady() && onChange(day === null ? last : null)}>{label}</button>
      {day !== null && (
        <div class="field">
          <label for={id}>{question}</label>
          <input
            id={id}
            class="short-date"
            type="date"
            min={first}
            max={last}
            value={day}
            aria-invalid={bad}
            aria-describedby={`${id}-day`}
            onInput={(event) => event.currentTarget.value && onChange(event.currentTarget.value)}
          />
          <p class={bad ? 'field-error' : 'hint'} id={`${id}-day`} role={bad ? 'alert' : undefined}>{bad ? bounds : chosen(day)}</p>
          {action?.(bad)}
        </div>
      )}
    </>
  );
}
