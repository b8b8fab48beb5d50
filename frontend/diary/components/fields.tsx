import { localeOf } from '../../shared/preferences';
import { useEffect, useId, useState } from 'preact/hooks';
import { parseNumber } from '../night/answers';
import { language, texts } from '../texts';

interface NumberFieldProps {
  label: string;
  hint?: string;
  value: number | null;
  low: number;
  high: number;
  /** Called with the number, or null when empty. */
  onChange: (value: number | null) => void;
  /** Told whether what is typed cannot be saved. */
  onValidity: (field: string, valid: boolean) => void;
  whole?: boolean;
}

/** A number within bounds, with comma or point; what cannot be read stays as typed and says why. */
export function NumberField({ label, hint, value, low, high, onChange, onValidity, whole = false }: NumberFieldProps) {
  const id = useId();
  const [typed, setTyped] = useState<{ text: string; value: number | null; bad: boolean } | null>(null);
  // A value set elsewhere, by a quick choice or another cramp, takes the place of what was typed.
  const live = typed?.value === value ? typed : null;
  const invalid = live?.bad ?? false;
  useEffect(() => {
    onValidity(id, !invalid);
    return () => onValidity(id, true);
  }, [invalid]);
  const show = (n: number) => n.toLocaleString(localeOf(language.value), { useGrouping: false });
  const type = (text: string) => {
    const next = parseNumber(text, low, high);
    const bad = next === undefined || (whole && next !== null && !Number.isInteger(next));
    setTyped({ text, value: bad ? value : next, bad });
    if (!bad) onChange(next);
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      <input
        id={id}
        class="short"
        type="text"
        inputMode={whole ? 'numeric' : 'decimal'}
        autoComplete="off"
        value={live ? live.text : value === null ? '' : show(value)}
        aria-invalid={invalid}
        aria-describedby={invalid ? `${id}-error` : hint ? `${id}-hint` : undefined}
        onInput={(event) => type(event.currentTarget.value)}
      />
      {invalid && <p class="field-error" id={`${id}-error`}>{texts.value.form.outOfRange(show(low), show(high))}</p>}
    </div>
  );
}

interface ScaleProps {
  label: string;
  value: number | null;
  onChange: (value: number | null) => void;
}

/** A 0-10 answer that takes one line. */
export function ScaleSelect({ label, value, onChange }: ScaleProps) {
  const id = useId();
  return (
    <div class="field field-row">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value ?? ''}
        onChange={(event) => onChange(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}
      >
        <option value="">{texts.value.form.notAnswered}</option>
        {Array.from({ length: 11 }, (_, n) => <option key={n} value={n}>{n}</option>)}
      </select>
    </div>
  );
}
