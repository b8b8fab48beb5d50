import { openChannel } from '../../shared/device';

/** What tabs tell each other. A message names who is signed in: the stored key may change only after it has arrived. */
export type News = { kind: 'changed' } | { kind: 'session'; userId: string | null };

let onNews: (news: News) => void = () => undefined;

/** Tells the other tabs. */
export const tell = openChannel<News>('charley', (news) => onNews(news));

/** Hears what the other tabs tell. */
export function hear(listener: (news: News) => void): void {
  onNews = listener;
}
