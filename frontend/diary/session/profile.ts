import { bodyOf } from '../../shared/api/client';
import type { Me, MeChange } from '../../shared/api/types';
import { deviceZone } from '../../shared/device';
import { api } from '../api';
import { unlessUnreachable } from '../sync/unreachable';
import { language } from '../texts';
import { me, session } from './signals';

/** Stores changes of the profile on the server and here. */
export async function changeProfile(changes: MeChange): Promise<void> {
  await learnProfile((await bodyOf(api.PATCH('/api/me', { body: changes }))) as Me);
}

/** Changes the profile as soon as the server can be reached, if not at once then after a later round. */
export async function tellProfile(changes: MeChange): Promise<void> {
  const store = session.value?.store;
  if (!store) return;
  await store.changeMeta('profile', (known) => ({ ...known, ...changes }));
  await sendKeptChanges().catch(unlessUnreachable);
}

/** Keeps what the server said of the person whose diary is open; of anybody else it is dropped. */
export async function learnProfile(who: Me): Promise<void> {
  const store = session.value?.store;
  if (store?.userId !== who.id) return;
  me.value = who;
  await store.putMeta('me', who);
}

/**
 * What the profile must take over from this phone. Results end at the last night that has passed where the person is,
 * and the server writes consent texts in the person's language: the profile follows the phone in both.
 */
export function phoneChanges(): MeChange {
  const known = me.value;
  const [zone, spoken] = [deviceZone(), language.value];
  return { ...(known?.zone !== zone && { zone }), ...(known?.language !== spoken && { language: spoken }) };
}

async function sendKeptChanges(): Promise<void> {
  const store = session.value?.store;
  const changes = await store?.meta('profile');
  if (!store || !changes) return;
  if (Object.keys(changes).length > 0) await changeProfile(changes);
  await store.deleteMeta('profile');
}
