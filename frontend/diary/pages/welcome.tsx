import { useId, useRef, useState } from 'preact/hooks';
import { ApiProblem } from '../../shared/api/client';
import { arrival } from '../arrival';
import { PageTitle } from '../components/page-title';
import { PasswordField } from '../components/password-field';
import { useSteady } from '../components/steady';
import { newcomer } from '../first-day';
import { problemText } from '../phone/problem';
import { navigate, path } from '../router';
import { NotAPatient, signIn, signInBy, signUp } from '../session/doors';
import { isLost, me } from '../session/signals';
import { passkeysWork } from '../passkeys-work';
import { pendingShare } from '../share-link';
import { welcomeTexts } from '../texts';

type Mode = 'sign_up' | 'sign_in';
type Field = 'name' | 'email' | 'password';
type Problem = { text: string; field?: Field; toClinic?: boolean };

const minPassword = 10;

/** The first page: start a diary or open one. */
export function Welcome() {
  const t = welcomeTexts.value;
  const [mode, setMode] = useState<Mode>(me.value && !isLost.value ? 'sign_in' : 'sign_up');
  const steady = useSteady(mode);
  const other: Mode = mode === 'sign_up' ? 'sign_in' : 'sign_up';
  return (
    <>
      <PageTitle text={t.title} />
      <p class="lead">{t.text} {t.notDiagnosis}</p>
      {isLost.value && <p class="notice">{t.restored}</p>}
      {pendingShare.value && <p class="notice">{t.sharing}</p>}
      <AccountForm key={mode} mode={mode} />
      {mode === 'sign_in' && passkeysWork() && <PasskeyEntrance />}
      <button type="button" class="quiet" onClick={() => steady() && setMode(other)}>{other === 'sign_in' ? t.haveAccount : t.noAccount}</button>
    </>
  );
}

function AccountForm({ mode }: { mode: Mode }) {
  const t = welcomeTexts.value;
  const [name, setName] = useState('');
  const [email, setEmail] = useState(me.value?.email ?? '');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const submit = async () => {
    const missing = missingField(mode, name, email, password);
    if (missing) {
      setProblem({ text: t[missing.message], field: missing.field });
      form.current?.querySelector<HTMLInputElement>(`[name=${missing.field}]`)?.focus();
      return;
    }
    setBusy(true);
    setProblem(await enter(mode, name.trim(), email.trim(), password));
    setBusy(false);
  };
  const of = (field: Field) => (problem?.field === field ? problem.text : undefined);
  return (
    <form ref={form} class="card" noValidate onSubmit={(event) => { event.preventDefault(); void submit(); }}>
      <h2>{mode === 'sign_up' ? t.signUp : t.signIn}</h2>
      {mode === 'sign_up' && <TextField name="name" label={t.name} hint={t.nameHint} problem={of('name')} autocomplete="name" value={name} onInput={setName} />}
      <TextField name="email" type="email" label={t.email} problem={of('email')} autocomplete="username" value={email} onInput={setEmail} />
      <PasswordField
        label={t.password}
        hint={mode === 'sign_up' ? t.passwordHint : undefined}
        problem={of('password')}
        autocomplete={mode === 'sign_up' ? 'new-password' : 'current-password'}
        value={password}
        onInput={setPassword}
      />
      <div role="alert">
        <ProblemLine problem={problem?.field ? null : problem} />
      </div>
      <div class="action-bar">
        <button type="submit" class="primary" disabled={busy}>{busy ? t.busy : mode === 'sign_up' ? t.signUp : t.signIn}</button>
      </div>
    </form>
  );
}

function ProblemLine({ problem }: { problem: Problem | null }) {
  return problem && <p class="field-error">{problem.text} {problem.toClinic && <a href="/clinic/">{welcomeTexts.value.toClinic}</a>}</p>;
}

function PasskeyEntrance() {
  const t = welcomeTexts.value;
  const [problem, setProblem] = useState<Problem | null>(null);
  const enter = async () => {
    const { enterWithPasskey } = await import('../passkeys');
    setProblem(await entered(() => signInBy(enterWithPasskey), () => t.passkeyUnknown));
  };
  return (
    <>
      <button type="button" class="secondary" onClick={() => void enter()}>{t.passkey}</button>
      <div role="alert"><ProblemLine problem={problem} /></div>
    </>
  );
}

function missingField(mode: Mode, name: string, email: string, password: string) {
  if (mode === 'sign_up' && name.trim() === '') return { field: 'name', message: 'needName' } as const;
  if (!/^\S+@\S+\.\S+$/.test(email.trim())) return { field: 'email', message: 'needEmail' } as const;
  if (password.length < (mode === 'sign_up' ? minPassword : 1)) return { field: 'password', message: 'needPassword' } as const;
  return null;
}

async function enter(mode: Mode, name: string, email: string, password: string): Promise<Problem | null> {
  const t = welcomeTexts.value;
  // Said before the account exists: the app moves on as soon as somebody is signed in.
  newcomer.value = mode === 'sign_up';
  if (mode === 'sign_in') return entered(() => signIn(email, password), () => t.wrong);
  return entered(() => signUp(name, email, password), ({ errors = [] }) => errors.map(({ pointer }) => t[fieldMessages[pointer] ?? 'exists'])[0] ?? t.exists);
}

// The server's own words are English; it names the field, and the catalogue says the rest.
const fieldMessages: Partial<Record<string, 'needName' | 'needEmail' | 'needPassword'>> = { '/name': 'needName', '/email': 'needEmail', '/password': 'needPassword' };

/** Goes in, or says why not. */
async function entered(go: () => Promise<void>, refused: (problem: ApiProblem['problem']) => string): Promise<Problem | null> {
  const t = welcomeTexts.value;
  try {
    await go();
    // The app may have moved on by itself while the profile was on its way.
    if (path.value === '/welcome') navigate(arrival(), { replace: true });
    return null;
  } catch (error) {
    if (error instanceof NotAPatient) return { text: t.physician, toClinic: true };
    if ((error as Error).name === 'PasskeyNotGiven') return { text: t.passkeyNotGiven };
    const isRefusal = error instanceof ApiProblem && error.status < 500 && error.status !== 429;
    return { text: isRefusal ? refused(error.problem) : problemText(error, t.offline) };
  } finally {
    newcomer.value = false;
  }
}

interface TextFieldProps {
  name: string;
  label: string;
  hint?: string;
  /** Why it cannot be taken, told beneath it: what is further down lies behind the keyboard. */
  problem: string | undefined;
  type?: 'text' | 'email';
  autocomplete: 'name' | 'username';
  value: string;
  onInput: (value: string) => void;
}

function TextField({ name, label, hint, problem, type = 'text', autocomplete, value, onInput }: TextFieldProps) {
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
        aria-invalid={Boolean(problem)}
        aria-describedby={problem ? `${id}-problem` : hint ? `${id}-hint` : undefined}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <div role="alert" id={`${id}-problem`}>{problem && <p class="field-error">{problem}</p>}</div>
    </div>
  );
}
