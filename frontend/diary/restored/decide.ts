import { changed } from '../session/changes';
import { offered, session } from '../session/signals';
import { withSessionLock } from '../sync/lock';
import { forgetOld, noteLost } from './ask';
import { readOldDiary } from './old-diary';
import { takeOver } from './take-over';

/** Takes the offered nights into the open diary, and then removes the old one; killed at any point, nothing is lost or doubled. */
export async function takeThem(): Promise<void> {
  const [store, found] = [session.value?.store, offered.value];
  if (!store || !found) return;
  const { account } = found;
  await withSessionLock(async () => {
    const old = await readOldDiary(account);
    // From here on these nights are offered to nobody else.
    noteLost(`${account} ${store.userId}`);
    if (old) await store.writeAll((writing) => takeOver(writing, old));
  });
  void forgetOld(account);
  offered.value = null;
  await changed();
  void session.value?.sync.run();
}

/** Leaves the offered nights where they are, and asks this account no more. */
export async function leaveThem(): Promise<void> {
  const [store, found] = [session.value?.store, offered.value];
  if (!store || !found) return;
  await store.changeMeta('not_mine', (known = []) => [...new Set([...known, found.account])]);
  offered.value = null;
}
