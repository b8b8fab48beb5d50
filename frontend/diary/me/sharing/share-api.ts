import { ApiProblem, bodyOf } from '../../../shared/api/client';
import type { Physician, Share } from '../../../shared/api/types';
import { problemText } from '../../phone/problem';
import { api } from '../../api';
import { session } from '../../session/signals';
import { sharingTexts } from '../../texts';

/** The physician a typed code belongs to, with the consent text. */
export async function findPhysician(code: string): Promise<Physician> {
  return (await bodyOf(api.GET('/api/physicians/{code}', { params: { path: { code: code.trim() } } }))) as Physician;
}

/** Shares, with the very text that was read. */
export async function agreeToShare(code: string, physician: Physician): Promise<void> {
  await bodyOf(api.POST('/api/shares', { body: { code: code.trim(), consent_version: physician.consent_version } }));
}

/** Ends a share at once. */
export async function endShare(share: Share): Promise<void> {
  await api.DELETE('/api/shares/{share_id}', { params: { path: { share_id: share.id } } });
}

/** The grants, newest first; how many are open is kept for the list that is Me. */
export async function fetchShares(): Promise<Share[] | { problem: string }> {
  try {
    const shares = (await bodyOf(api.GET('/api/shares'))).shares as Share[];
    await session.value?.store.putMeta('shared_with', shares.filter(({ revoked_at }) => !revoked_at).length);
    return shares;
  } catch (error) {
    return { problem: shareProblem(error) };
  }
}

/** What went wrong, in words. */
export function shareProblem(error: unknown): string {
  const t = sharingTexts.value;
  const known: Partial<Record<number, string>> = { 404: t.unknown, 409: t.renewed, 422: t.mistyped };
  return (error instanceof ApiProblem && known[error.status]) || problemText(error, t.offline);
}
