import { ApiProblem, bodyOf, type Api } from '../../shared/api/client';
import type { Night } from '../../shared/api/types';
import { sameAnswers } from '../store/merge';
import type { OutboxRow, ServerCopy } from '../store/schema';

/** What two versions have in common, and the copy that the server lacks where it was put back to before that. */
export interface CommonBase {
  base: Night | null;
  lost: ServerCopy | null;
}

/**
 * What a refused change and the server's copy have in common. Of a change whose answer was lost the server knows more
 * than the copy it was made on: without that, an answer cleared since, or a cramp removed, would come back. A server
 * that was put back knows less: then the newest version that it has from before, or answers it lost would count as taken
 * back. Where it has none from before, what stands there now may have been made on the lost one, and counts as that.
 */
export async function commonBase(api: Api, row: OutboxRow): Promise<CommonBase> {
  const sent = row.body ? [...row.earlier, row.body] : row.earlier;
  const versions = await versionsOf(api, row);
  const stored = versions.findLast((version) => sent.some((each) => isSame(each, version)));
  if (stored) return { base: stored, lost: null };
  const lost = lostIn(versions, row);
  if (!lost) return { base: row.base?.night ?? null, lost };
  return { base: versions.findLast((version) => isBefore(version, lost.night)) ?? lost.night, lost };
}

/** The copy that a change was made on, where the server has no such version any more. */
export async function lostCopy(api: Api, row: OutboxRow): Promise<ServerCopy | null> {
  return row.base && lostIn(await versionsOf(api, row), row);
}

function lostIn(versions: readonly Night[], { base }: OutboxRow): ServerCopy | null {
  return base && !versions.some((version) => isSame(version, base.night)) ? base : null;
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

/** Whether a version was written before another one. */
export const isBefore = (a: Night, b: Night) => Date.parse(a.edited_at) < Date.parse(b.edited_at);
