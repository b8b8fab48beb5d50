import { useId, useState } from 'preact/hooks';
import { texts } from '../texts';
import { useSteady } from './steady';

interface PasswordFieldProps {
  label: string;
  hint?: string;
  /** Why it cannot be taken, told beneath it. */
  problem?: string | undefined;
  autocomplete: 'new-password' | 'current-password';
  value: string;
  onInput: (value: string) => void;
}

/** A password that can be looked at while it is typed. */
export function PasswordField({ label, hint, problem, autocomplete, value, onInput }: PasswordFieldProps) {
  const t = texts.value.password;
  const id = useId();
  const [shown, setShown] = useState(false);
  const steady = useSteady(shown);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      <div class="with-button">
        <input
          id={id}
          name="password"
          type={(shown ? 'text' : 'password') as 'text'}
          autoComplete={autocomplete}
          autoCapitalize="none"
          spellcheck={false}
          required
          aria-invalid={Boolean(problem)}
          aria-describedby={problem ? `${id}-problem` : hint ? `${id}-hint` : undefined}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
        <button
          type="button"
          class="secondary"
          aria-pressed={shown}
          aria-label={t.reveal}
          onClick={() => steady() && setShown(!shown)}
        >
          {shown ? t.hide : t.show}
        </button>
      </div>
      <div role="alert" id={`${id}-problem`}>{problem && <p class="field-error">{problem}</p>}</div>
    </div>
  );
}
