import { useId, useRef, useState } from 'preact/hooks';
import { ApiProblem, NoConnection } from '../../shared/api/client';
import { PageTitle } from '../components/page-title';
import { navigate } from '../router';
import { me, NotAPatient, signIn, signUp } from '../session';
import { pendingShare } from '../share-link';
import { texts } from '../texts';

type Mode = 'sign_up' | 'sign_in';
type Problem = { text: string; toClinic?: boolean };

const minPassword = 10;

/** The first page: start a diary or open one. */
export function Welcome() {
  const t = texts.value.welcome;
  const [mode, setMode] = useState<Mode>(me.value ? 'sign_in' : 'sign_up');
  const other: Mode = mode === 'sign_up' ? 'sign_in' : 'sign_up';
  return (
    <>
      <PageTitle text={t.title} />
      <p class="lead">{t.text} {t.notDiagnosis}</p>
      {pendingShare.value && <p class="notice">{t.sharing}</p>}
      <AccountForm key={mode} mode={mode} />
      <button type="button" class="quiet" onClick={() => setMode(other)}>{other === 'sign_in' ? t.haveAccount : t.noAccount}</button>
    </>
  );
}

function AccountForm({ mode }: { mode: Mode }) {
  const t = texts.value.welcome;
  const [name, setName] = useState('');
  const [email, setEmail] = useState(me.value?.email ?? '');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const submit = async () => {
    const missing = missingField(mode, name, email, password);
    if (missing) {
      setProblem({ text: t[missing.message] });
      form.current?.querySelector<HTMLInputElement>(`[name=${missing.field}]`)?.focus();
      return;
    }
    setBusy(true);
    setProblem(await enter(mode, name.trim(), email.trim(), password));
    setBusy(false);
  };
  return (
    <form ref={form} class="card" noValidate onSubmit={(event) => { event.preventDefault(); void submit(); }}>
      <h2>{mode === 'sign_up' ? t.signUp : t.signIn}</h2>
      {mode === 'sign_up' && <TextField name="name" label={t.name} hint={t.nameHint} autocomplete="name" value={name} onInput={setName} />}
      <TextField name="email" type="email" label={t.email} autocomplete="username" value={email} onInput={setEmail} />
      <PasswordField mode={mode} value={password} onInput={setPassword} />
      <div role="alert">
        {problem && <p class="field-error">{problem.text} {problem.toClinic && <a href="/clinic/">{t.toClinic}</a>}</p>}
      </div>
      <div class="action-bar">
        <button type="submit" class="primary" disabled={busy}>{busy ? t.busy : mode === 'sign_up' ? t.signUp : t.signIn}</button>
      </div>
    </form>
  );
}

function missingField(mode: Mode, name: string, email: string, password: string) {
  if (mode === 'sign_up' && name.trim() === '') return { field: 'name', message: 'needName' } as const;
  if (!/^\S+@\S+\.\S+$/.test(email.trim())) return { field: 'email', message: 'needEmail' } as const;
  if (password.length < (mode === 'sign_up' ? minPassword : 1)) return { field: 'password', message: 'needPassword' } as const;
  return null;
}

async function enter(mode: Mode, name: string, email: string, password: string): Promise<Problem | null> {
  const t = texts.value.welcome;
  try {
    await (mode === 'sign_in' ? signIn(email, password) : signUp(name, email, password));
    navigate(pendingShare.value ? '/me/sharing' : '/', { replace: true });
    return null;
  } catch (error) {
    if (error instanceof NotAPatient) return { text: t.physician, toClinic: true };
    if (error instanceof NoConnection) return { text: t.offline };
    if (!(error instanceof ApiProblem)) return { text: texts.value.problem.server };
    if (error.status === 429) return { text: texts.value.problem.tooMany };
    if (error.status >= 500) return { text: texts.value.problem.server };
    if (mode === 'sign_in') return { text: t.wrong };
    return { text: error.problem.errors?.map(({ detail }) => detail).join(' ') || t.exists };
  }
}

interface TextFieldProps {
  name: string;
  label: string;
  hint?: string;
  type?: 'text' | 'email';
  autocomplete: 'name' | 'username';
  value: string;
  onInput: (value: string) => void;
}

function TextField({ name, label, hint, type = 'text', autocomplete, value, onInput }: TextFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      <input
        id={id}
        name={name}
        type={type as 'text'}
        autoComplete={autocomplete}
        required
        maxLength={name === 'name' ? 80 : 254}
        aria-describedby={hint ? `${id}-hint` : undefined}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  );
}

function PasswordField({ mode, value, onInput }: { mode: Mode; value: string; onInput: (value: string) => void }) {
  const t = texts.value.welcome;
  const id = useId();
  const [shown, setShown] = useState(false);
  return (
    <div class="field">
      <label for={id}>{t.password}</label>
      {mode === 'sign_up' && <p class="hint" id={`${id}-hint`}>{t.passwordHint}</p>}
      <div class="with-button">
        <input
          id={id}
          name="password"
          type={(shown ? 'text' : 'password') as 'text'}
          autoComplete={mode === 'sign_up' ? 'new-password' : 'current-password'}
          autoCapitalize="none"
          spellcheck={false}
          required
          aria-describedby={mode === 'sign_up' ? `${id}-hint` : undefined}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
        <button
          type="button"
          class="secondary"
          aria-pressed={shown}
          aria-label={t.showPassword}
          onClick={() => setShown(!shown)}
        >
          {shown ? t.hide : t.show}
        </button>
      </div>
    </div>
  );
}
