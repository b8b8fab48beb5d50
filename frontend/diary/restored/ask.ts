import { batch } from '@preact/signals';
import { bodyOf } from '../../shared/api/client';
import { keep, kept, lostKey } from '../../shared/device';
import { newcomer } from '../first-day';
import { api } from '../api';
import { connection, lost, LossNotice, offered, session } from '../session/signals';
import { deleteDatabase } from '../store/open';
import { DiaryStore } from '../store/store';
import { lostHere, type Found } from './found';
import { readOldDiary, type OldDiary } from './old-diary';
import { Notice } from './notice';
import { loadRestoredTexts } from './texts';

/** Asks the server what it can tell of the diaries on this phone; what it says is shown, and where it says nothing all stays as it is. */
export async function ask(): Promise<void> {
  const store = session.value?.store;
  if (!store) return;
  if (connection.value === 'signed_out') await askOfOpen(store);
  else if (connection.value === 'ok') await offer(store);
}

async function askOfOpen(store: DiaryStore): Promise<void> {
  const epoch = await store.meta('epoch');
  // Without an epoch this phone has never seen the server.
  if (!epoch) return;
  const isLost = (await question(store.userId, epoch))?.lost ?? lost.value === store.userId;
  if (isLost) return tellLost(store);
  // Another restore brought the account back.
  if (lost.value === store.userId) noteLost(null);
  lostHere.value = null;
}

async function tellLost(store: DiaryStore): Promise<void> {
  noteLost(store.userId);
  const [old] = await Promise.all([readOldDiary(store.userId), loadRestoredTexts()]);
  show(store, () => (lostHere.value = old && told(old, '/')));
}

/** Looks whether the nights of a lost account are to be offered to whoever is signed in, whose diary need not be open yet. */
export async function look(userId: string): Promise<void> {
  const store = await DiaryStore.open(userId);
  try {
    await offer(store);
  } finally {
    store.close();
  }
}

async function offer(store: DiaryStore): Promise<void> {
  const [account, taker] = (lost.value ?? '').split(' ');
  // Whoever said that the nights are theirs has them, also where the phone died before the old diary was gone.
  if (!account || account === store.userId || (taker && taker !== store.userId)) return;
  const [taken, refused] = await Promise.all([store.meta('taken'), store.meta('not_mine')]);
  if (taken?.includes(account)) return void forgetOld(account);
  const old = refused?.includes(account) ? null : await readOldDiary(account);
  const epoch = old && old.nights.length > 0 ? old.epoch : undefined;
  const answer = epoch ? await question(account, epoch) : { lost: false, new_account: false };
  if (!answer) return;
  if (!old || !answer.lost || !answer.new_account) return void (offered.value = null);
  await loadRestoredTexts();
  show(store, () => (offered.value = told(old, newcomer.value ? '/start' : (offered.value?.onward ?? '/'))));
}

function show(store: DiaryStore, change: () => void): void {
  const open = session.value?.store;
  // Somebody else may have come in meanwhile.
  if (open && open.userId !== store.userId && connection.value !== 'signed_out') return;
  batch(() => {
    change();
    LossNotice.value = Notice;
  });
}

const told = ({ account, nights }: OldDiary, onward: string): Found => ({
  account,
  nights: nights.length,
  first: nights[0]?.night_date ?? null,
  last: nights.at(-1)?.night_date ?? null,
  onward,
});

// Offline, or refused for asking too often: nothing is known, and nothing changes.
async function question(account: string, epoch: string): Promise<{ lost: boolean; new_account: boolean } | null> {
  return bodyOf(api.POST('/api/restored', { body: { account, epoch } })).catch(() => null) as Promise<{ lost: boolean; new_account: boolean } | null>;
}

/** Notes, or forgets, whose diary lies here although a restore lost the account. */
export function noteLost(account: string | null): void {
  lost.value = account;
  if (kept(lostKey) !== account) keep(lostKey, account);
}

/** Removes a diary that was taken over; a tab that still has it open, asleep in the background, puts that off. */
export async function forgetOld(account: string): Promise<void> {
  await deleteDatabase(account);
  noteLost(null);
}
