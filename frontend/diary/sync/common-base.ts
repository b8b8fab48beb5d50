import { ApiProblem, bodyOf, type Api } from '../../shared/api/client';
import type { Night } from '../../shared/api/types';
import type { OutboxRow } from '../store/schema';
import { sameAnswers } from './merge';

/**
 * What a refused change and the server's copy have in common. Of a change whose answer was lost the server knows more
 * than the copy it was made on: without that, an answer cleared since, or a cramp removed, would come back.
 */
export async function commonBase(api: Api, row: OutboxRow): Promise<Night | null> {
  const sent = row.body ? [...row.earlier, row.body] : row.earlier;
  const stored = (await versionsOf(api, row)).findLast((version) => sent.some((each) => isSame(each, version)));
  return stored ?? row.base?.night ?? null;
}

/** Every version of a night that the server stored, oldest first. */
async function versionsOf(api: Api, { night_date }: OutboxRow): Promise<Night[]> {
  try {
    const { revisions } = await bodyOf(api.GET('/api/nights/{night_date}/history', { params: { path: { night_date } } })) ?? { revisions: [] };
    return revisions.flatMap(({ action, new: version }) => (action !== 'refused' && version ? [version as Night] : []));
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return [];
    throw error;
  }
}

const isSame = (a: Night, b: Night) => Date.parse(a.edited_at) === Date.parse(b.edited_at) && sameAnswers(a, b);
