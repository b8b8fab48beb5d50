import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { useSteady } from '../components/steady';

interface RowsProps {
  legend: string;
  /** Keeps the legend for screen readers only, where the page's title asks already. */
  quiet?: boolean;
  hint?: string;
  children: ComponentChildren;
}

/** A question with its answers as full-width rows. */
export function Rows({ legend, quiet, hint, children }: RowsProps) {
  const id = useId();
  return (
    <fieldset class="rows-question" aria-describedby={hint ? id : undefined}>
      <legend class={quiet ? 'visually-hidden' : 'question-text'}>{legend}</legend>
      {hint && <p class="hint" id={id}>{hint}</p>}
      {children}
    </fieldset>
  );
}

interface CheckRowsProps<T> extends Omit<RowsProps, 'children'> {
  options: readonly (readonly [T, string])[];
  values: readonly T[];
  onChange: (values: T[]) => void;
}

/** Any of some answers that are too long for buttons. */
export function CheckRows<T extends string>({ options, values, onChange, ...rows }: CheckRowsProps<T>) {
  const toggle = (option: T) => onChange(values.includes(option) ? values.filter((each) => each !== option) : [...values, option]);
  return (
    <Rows {...rows}>
      {options.map(([option, label]) => (
        <CheckRow key={option} label={label} checked={values.includes(option)} onToggle={() => toggle(option)} />
      ))}
    </Rows>
  );
}

function CheckRow({ label, checked, onToggle }: { label: string; checked: boolean; onToggle: () => void }) {
  const steady = useSteady(checked);
  return (
    <label class="answer-row">
      <input type="checkbox" checked={checked} onClick={(event) => !steady() && event.preventDefault()} onChange={onToggle} />
      <span>{label}</span>
    </label>
  );
}

interface RadioRowsProps<T> extends Omit<RowsProps, 'children'> {
  options: readonly { value: T; label: string; note?: string | undefined; text?: ComponentChildren }[];
  value: T | null;
  onChange: (value: T) => void;
}

/** One of some answers, each with room for what it means. */
export function RadioRows<T extends string>({ options, value, onChange, ...rows }: RadioRowsProps<T>) {
  const name = useId();
  return (
    <Rows {...rows}>
      {options.map((option) => (
        <label class="answer-row" key={option.value}>
          <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
          <span class="answer-row-text">
            <span class={option.text ? 'strong' : undefined}>{option.label}</span>
            {option.note && <span class="answer-row-note">{option.note}</span>}
            {option.text}
          </span>
        </label>
      ))}
    </Rows>
  );
}
