import { newcomer } from './first-day';
import { pendingShare } from './share-link';

/** Where a person goes on after signing in: a new one to the first day, an invited one to sharing. */
export function arrival(): string {
  if (newcomer.value) return '/start';
  return pendingShare.value ? '/me/sharing' : '/';
}
