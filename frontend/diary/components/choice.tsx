import './choice.css';
import { useId, useState } from 'preact/hooks';
import { useSteady } from './steady';

interface Shared<T> {
  legend: string;
  /** Keeps the question for screen readers only, where the answers speak for themselves. */
  quiet?: boolean;
  hint?: string | undefined;
  options: readonly (readonly [T, string])[];
  /** Lays the options out in so many equal columns instead of by their length. */
  columns?: 3 | 6;
}

interface ChoiceProps<T> extends Shared<T> {
  value: T;
  /** Called with the chosen value; choosing the chosen one again yields `cleared` where that is given. */
  onChange: (value: T) => void;
  cleared?: T;
}

/** One of a few answers, as large buttons. */
export function Choice<T extends string | number | boolean | null>({ value, onChange, cleared, options, ...shared }: ChoiceProps<T>) {
  const choose = (option: T) => onChange(option === value && cleared !== undefined ? cleared : option);
  // Only what a second tap would undo is guarded: another option may be chosen at once.
  const undoes = (option: T) => cleared !== undefined && (option === value || value === cleared);
  return <Options {...shared} options={options} chosen={(option) => option === value} undoes={undoes} onChoose={choose} />;
}

interface YesNoProps extends Omit<Shared<never>, 'options' | 'columns'> {
  yes: string;
  no: string;
  unknown: string;
  value: boolean | null;
  /** Whether a missing value is an answer already, and not just a question not reached yet. */
  answered: boolean;
  onChange: (value: boolean | null) => void;
}

/** Yes, no, or not known; nothing is chosen before there is an answer. */
export function YesNo({ yes, no, unknown, value, answered, onChange, ...shared }: YesNoProps) {
  const [unsure, setUnsure] = useState(answered);
  const choose = (option: boolean | null | 'unasked') => {
    setUnsure(true);
    if (option !== 'unasked') onChange(option);
  };
  const shown = value === null && !unsure ? 'unasked' : value;
  return <Choice {...shared} columns={3} options={[[true, yes], [false, no], [null, unknown]] as const} value={shown} onChange={choose} />;
}

interface ChoicesProps<T> extends Shared<T> {
  values: readonly T[];
  onChange: (values: T[]) => void;
}

/** Any of a few answers, as large buttons. */
export function Choices<T extends string>({ values, onChange, ...shared }: ChoicesProps<T>) {
  const toggle = (option: T) => onChange(values.includes(option) ? values.filter((each) => each !== option) : [...values, option]);
  return <Options {...shared} chosen={(option) => values.includes(option)} undoes={() => true} onChoose={toggle} />;
}

interface OptionsProps<T> extends Shared<T> {
  chosen: (option: T) => boolean;
  /** Whether a tap on an option that has just been tapped would take that back. */
  undoes: (option: T) => boolean;
  onChoose: (option: T) => void;
}

function Options<T extends string | number | boolean | null>({ legend, quiet, hint, options, columns, chosen, undoes, onChoose }: OptionsProps<T>) {
  const id = useId();
  return (
    <div class="question" role="group" aria-labelledby={id} aria-describedby={hint ? `${id}-hint` : undefined}>
      <p class={quiet ? 'visually-hidden' : 'question-text'} id={id}>{legend}</p>
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      <div class={columns ? `options columns-${columns}` : 'options'}>
        {options.map(([option, label]) => (
          <Option key={String(option)} label={label} pressed={chosen(option)} guarded={undoes(option)} onChoose={() => onChoose(option)} />
        ))}
      </div>
    </div>
  );
}

interface OptionProps {
  label: string;
  pressed: boolean;
  guarded: boolean;
  onChoose: () => void;
}

function Option({ label, pressed, guarded, onChoose }: OptionProps) {
  const steady = useSteady(pressed);
  return <button type="button" class="option" aria-pressed={pressed} onClick={() => (steady() || !guarded) && onChoose()}>{label}</button>;
}
