import { ApiProblem, ForeignAnswer, NoConnection } from '../../shared/api/client';

/** Lets pass that there is no answer of the server for now. */
export function unlessUnreachable(error: unknown): undefined {
  if (!(error instanceof ApiProblem || error instanceof ForeignAnswer || error instanceof NoConnection)) throw error;
  return undefined;
}
