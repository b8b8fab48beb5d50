import { bodyOf, type Api } from '../../shared/api/client';
import type { NightFeed } from '../../shared/api/types';

/** Fetches the changes after a cursor; `told` are those that the server must have, or else it begins anew. */
export async function fetchPage(api: Api, cursor: number, told: string[]): Promise<NightFeed> {
  return (await bodyOf(api.GET('/api/nights', { params: { query: { cursor, last_change: told } } }))) as NightFeed;
}
