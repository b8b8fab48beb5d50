import { openDB } from 'idb';
import { kept, userKey } from '../../shared/device';
import { databaseName } from '../store/open';
import { loadPhoneTexts, phoneTexts } from '../texts';
import { onlyDiary } from './found';

/** How many nights can be read on this phone, and how many of them are still to be sent, in a sentence; or that nobody could tell. */
export async function whatIsKept(): Promise<string> {
  await loadPhoneTexts();
  const t = phoneTexts.value;
  return count().then(({ nights, unsent }) => t.kept(nights, unsent), () => t.unread);
}

// Of whatever version the database is: it is looked at, and neither made nor upgraded.
async function count(): Promise<{ nights: number; unsent: number }> {
  const userId = kept(userKey) ?? (await onlyDiary());
  if (!userId) throw new Error('no diary is known');
  const database = await openDB(databaseName(userId), undefined, { upgrade: (_database, _old, _new, transaction) => transaction.abort() });
  try {
    const [nights, unsent] = await Promise.all([database.count('nights'), database.count('outbox')]);
    return { nights, unsent };
  } finally {
    database.close();
  }
}
