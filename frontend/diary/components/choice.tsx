import { useId } from 'preact/hooks';

interface Shared<T> {
  legend: string;
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
  return <Options {...shared} options={options} chosen={(option) => option === value} onChoose={choose} />;
}

interface ChoicesProps<T> extends Shared<T> {
  values: readonly T[];
  onChange: (values: T[]) => void;
}

/** Any of a few answers, as large buttons. */
export function Choices<T extends string>({ values, onChange, ...shared }: ChoicesProps<T>) {
  const toggle = (option: T) => onChange(values.includes(option) ? values.filter((each) => each !== option) : [...values, option]);
  return <Options {...shared} chosen={(option) => values.includes(option)} onChoose={toggle} />;
}

interface OptionsProps<T> extends Shared<T> {
  chosen: (option: T) => boolean;
  onChoose: (option: T) => void;
}

function Options<T extends string | number | boolean | null>({ legend, hint, options, columns, chosen, onChoose }: OptionsProps<T>) {
  const id = useId();
  return (
    <div class="question" role="group" aria-labelledby={id} aria-describedby={hint ? `${id}-hint` : undefined}>
      <p class="question-text" id={id}>{legend}</p>
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      <div class={columns ? `options columns-${columns}` : 'options'}>
        {options.map(([option, label]) => (
          <button type="button" class="option" key={String(option)} aria-pressed={chosen(option)} onClick={() => onChoose(option)}>
            {label}
          </button>
        ))}
      </div>
    </div>
  );
}
