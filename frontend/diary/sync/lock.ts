import { inTurn } from '../../shared/device';

/** Runs a task while no tab exchanges entries with the server; signing in and out takes its turn too, so that the session cannot change hands while entries are on their way. */
export function withSessionLock<T>(task: () => Promise<T>): Promise<T> {
  return inTurn('charley-session', task);
}
