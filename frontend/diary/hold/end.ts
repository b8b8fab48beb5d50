import type { PlainDate } from '../../shared/nights';
import { changed } from '../session/changes';
import { session } from '../session/signals';
import type { How, Sign } from './copy';

/** Keeps how some signs ended; the server hears of it with the next round. */
export async function end(signs: readonly Sign[], how: How, on: PlainDate): Promise<void> {
  const store = session.value?.store;
  await store?.endHolds(signs.map(({ night_date, code }) => ({ night_date, code, how, on })));
  await changed();
  void session.value?.sync.run();
}
