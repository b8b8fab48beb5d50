import { ApiProblem, ForeignAnswer, NoConnection } from '../../shared/api/client';
import { texts } from '../texts';

/** What went wrong, told where it happened: on the way, at the server, or on this phone, which must not be blamed on each other. */
export function problemText(error: unknown, offline = texts.value.problem.offline): string {
  const t = texts.value.problem;
  if (error instanceof NoConnection) return offline;
  if (error instanceof ApiProblem && error.status === 429) return t.tooMany;
  // JSON that was cut off on its way is no fault of the phone either.
  return [ApiProblem, ForeignAnswer, SyntaxError].some((kind) => error instanceof kind) ? t.server : t.phone;
}
