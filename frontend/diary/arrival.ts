import { newcomer } from './first-day';
import { offered } from './session/signals';
import { pendingShare } from './share-link';

/** Where a person goes on after signing in: one whose nights may lie here to that question, a new one to the first day, an invited one to sharing. */
export function arrival(): string {
  if (offered.value) return '/restored';
  if (newcomer.value) return '/start';
  return pendingShare.value ? '/me/sharing' : '/';
}
