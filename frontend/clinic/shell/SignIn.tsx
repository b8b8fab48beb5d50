import { useSignal } from '@preact/signals';
import type { TargetedSubmitEvent } from 'preact';
import { ApiProblem } from '../../shared/api/client';
import type { ClinicTexts } from '../../shared/texts/clinic/en';
import { Heading } from './Heading';
import { failureOf } from '../load';
import { sessionEnded, signIn } from '../session';
import { Settings } from './Settings';
import { texts } from '../texts';

/** Why signing in did not work, in words. */
export function signInProblem(error: unknown, all: ClinicTexts): string {
  if (error instanceof ApiProblem && error.status === 429) {
    const seconds = Number(error.response.headers.get('Retry-After')) || 60;
    return all.signIn.tooMany(Math.ceil(seconds / 60));
  }
  if (error instanceof ApiProblem && error.status < 500) return all.signIn.wrong;
  const { title, text } = all.errors[failureOf(error)];
  return `${title}. ${text}`;
}

/** E-mail and password; a physician goes on to the page that was asked for. */
export function SignIn() {
  const problem = useSignal('');
  const busy = useSignal(false);
  const shown = useSignal(false);
  const all = texts.value;
  const words = all.signIn;

  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const email = String(form.get('email')).trim();
    const password = String(form.get('password'));
    problem.value = email && password ? '' : words.missing;
    if (problem.value) return;
    busy.value = true;
    await signIn(email, password).catch((error: unknown) => {
      problem.value = signInProblem(error, all);
      busy.value = false;
    });
  };

  return (
    <main id="content" class="page narrow sign-in">
      <p class="wordmark">{all.app.name} <span>{all.app.place}</span></p>
      <Heading>{words.title}</Heading>
      <p class="quiet">{sessionEnded.value ? words.again : words.intro}</p>
      <form onSubmit={(event) => void submit(event)} noValidate aria-describedby="sign-in-problem">
        <label class="field">
          <span>{words.email}</span>
          <input name="email" type="email" autocomplete="username" required />
        </label>
        <div class="field">
          <label for="password">{words.password}</label>
          <span class="with-button">
            {shown.value
              ? <input id="password" name="password" type="text" autocomplete="current-password" required />
              : <input id="password" name="password" type="password" autocomplete="current-password" required />}
            <button type="button" class="button" onClick={() => (shown.value = !shown.value)}>
              {shown.value ? words.hide : words.show}
            </button>
          </span>
        </div>
        <p id="sign-in-problem" class="error" role="alert">{problem.value}</p>
        <button class="button primary wide" aria-disabled={busy.value}>{busy.value ? words.busy : words.submit}</button>
      </form>
      <p class="quiet small">{words.help}</p>
      <p class="small"><a href="/">{words.diary}</a></p>
      <Settings />
    </main>
  );
}
