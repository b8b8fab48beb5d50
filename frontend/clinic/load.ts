import { signal, type ReadonlySignal } from '@preact/signals';
import { ApiProblem, ForeignAnswer, NoConnection } from '../shared/api/client';
import { askToSignIn, isSignedOut } from './session';

/** Where it failed; `device` is the browser in front of the reader. */
export type Failure = 'network' | 'server' | 'missing' | 'forbidden' | 'device';

export type Loaded<T> = { status: 'loading' } | { status: 'failed'; failure: Failure } | { status: 'ready'; value: T };

/** Something read from the server, with its three designed states. */
export interface Resource<T> {
  state: ReadonlySignal<Loaded<T>>;
  /** Reads it again. What is already on screen stays there until the answer has come. */
  refresh(): Promise<void>;
}

/** Which of the designed error states an error belongs to. */
export function failureOf(error: unknown): Failure {
  if (error instanceof NoConnection) return 'network';
  // An answer of somebody else, or one that was cut off, came from the server's side.
  if (error instanceof ForeignAnswer || error instanceof SyntaxError) return 'server';
  if (!(error instanceof ApiProblem)) return 'device';
  if (error.status === 404) return 'missing';
  return error.status === 403 ? 'forbidden' : 'server';
}

/** A resource that reads itself with `read` when refreshed; an ended session leads to the sign-in. */
export function resource<T>(read: () => Promise<T>): Resource<T> {
  const state = signal<Loaded<T>>({ status: 'loading' });
  let latest = 0;
  return {
    state,
    async refresh() {
      const turn = ++latest;
      if (state.value.status === 'failed') state.value = { status: 'loading' };
      const next = await outcome(read);
      if (turn === latest && next) state.value = next;
    },
  };
}

async function outcome<T>(read: () => Promise<T>): Promise<Loaded<T> | undefined> {
  try {
    return { status: 'ready', value: await read() };
  } catch (error) {
    if (isSignedOut(error)) {
      askToSignIn();
      return undefined;
    }
    return { status: 'failed', failure: failureOf(error) };
  }
}
