import { useId } from 'preact/hooks';
import { sharingTexts } from '../../texts';

interface CodeFormProps {
  code: string;
  busy: boolean;
  /** Why the last try failed, in words. */
  problem: string | null;
  /** Whether the code came by a link and waits for another try. */
  kept: boolean;
  onCode: (code: string) => void;
  onLook: () => void;
}

/** Where a physician's code is typed. */
export function CodeForm({ code, busy, problem, kept, onCode, onLook }: CodeFormProps) {
  const t = sharingTexts.value;
  const id = useId();
  return (
    <form class="card" noValidate onSubmit={(event) => { event.preventDefault(); if (code.trim()) onLook(); }}>
      <h2>{t.add}</h2>
      <p>{t.addText}</p>
      <div class="field">
        <label for={id}>{t.code}</label>
        <p class="hint" id={`${id}-hint`}>{t.codeHint}</p>
        <input
          id={id}
          class="code"
          autoComplete="off"
          autoCapitalize="characters"
          spellcheck={false}
          maxLength={40}
          aria-describedby={`${id}-hint`}
          aria-invalid={problem ? true : undefined}
          value={code}
          onInput={(event) => onCode(event.currentTarget.value)}
        />
      </div>
      <p role="alert" class="field-error">{problem}</p>
      {kept && <p class="hint">{t.keptCode}</p>}
      <button type="submit" class="primary" disabled={busy}>{busy ? t.looking : t.look}</button>
    </form>
  );
}
