import { ApiProblem, bodyOf } from '../../../shared/api/client';
import { inTurn } from '../../../shared/device';
import { api } from '../../api';
import { session } from '../../session/signals';

/** How things stand with reminders in this browser. */
export type PushState =
  | 'on'
  | 'off'
  /** The person, or a setting, said no to notifications; only the browser's settings can change that. */
  | 'blocked'
  /** An iPhone shows notifications of apps on its home screen only. */
  | 'home_screen'
  | 'unsupported'
  /** The server has no key to send with. */
  | 'no_server';

// Telling the server again, at the start of a tab, must not undo turning off in another.
const lockName = 'charley-push';

/** Whether this browser can show reminders, and does. */
export async function pushState(): Promise<PushState> {
  if (!isSupported()) return isIphone() ? 'home_screen' : 'unsupported';
  if (!(await serverKey())) return 'no_server';
  if (Notification.permission === 'denied') return 'blocked';
  return (await subscription()) ? 'on' : 'off';
}

/** Shows reminders in this browser; asks the person's leave, so call it on a tap only. */
export async function turnOn(): Promise<PushState> {
  const leave = await Notification.requestPermission();
  if (leave !== 'granted') return leave === 'denied' ? 'blocked' : 'off';
  return inTurn<PushState>(lockName, async () => {
    const key = await serverKey();
    if (!key) return 'no_server';
    await subscribe(key);
    return 'on';
  });
}

/** Shows no more reminders in this browser. */
export function turnOff(): Promise<PushState> {
  return inTurn<PushState>(lockName, async () => {
    const known = await subscription();
    if (known) await api.DELETE('/api/push/subscriptions', { body: { endpoint: known.endpoint } });
    await known?.unsubscribe();
    return 'off';
  });
}

/** Tells the server again of this browser, which it may have lost, or whose key may have changed. */
export async function keepOn(): Promise<void> {
  if (!session.value || !isSupported()) return;
  const tellAgain = async () => {
    const key = (await subscription()) && (await serverKey());
    if (key) await subscribe(key);
  };
  // Nobody asked for this, so nothing is said when it fails: the next start tries again.
  await inTurn(lockName, tellAgain).catch(() => undefined);
}

/** Signs out by `leave`, and ends the reminders of this browser if that succeeds. */
export async function withoutReminders(leave: () => Promise<unknown>): Promise<void> {
  await inTurn(lockName, async () => {
    // What this browser does not tell cannot keep anybody from leaving; the server sends nothing more in any case.
    const known = isSupported() ? await subscription().catch(() => null) : null;
    if (known) await api.DELETE('/api/push/subscriptions', { body: { endpoint: known.endpoint } }).catch(ignoreSignedOut);
    await leave();
    await known?.unsubscribe().catch(() => false);
  });
}

/** Ends the reminders of this browser when the server knows nobody here any longer. */
export async function forgetReminders(): Promise<void> {
  if (isSupported()) await subscription().then((known) => known?.unsubscribe()).catch(() => false);
}

async function subscribe(key: string): Promise<void> {
  const manager = (await navigator.serviceWorker.ready).pushManager;
  let known = await manager.getSubscription();
  if (known && keyOf(known) !== key) {
    await known.unsubscribe();
    known = null;
  }
  known ??= await manager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = known.toJSON();
  await api.PUT('/api/push/subscriptions', { body: { endpoint: endpoint!, keys: { p256dh: keys!.p256dh!, auth: keys!.auth! } } });
}

async function serverKey(): Promise<string | null> {
  return (await bodyOf(api.GET('/api/push/key')))?.key ?? null;
}

async function subscription(): Promise<PushSubscription | null> {
  return (await (await navigator.serviceWorker.getRegistration())?.pushManager.getSubscription()) ?? null;
}

function keyOf(known: PushSubscription): string {
  const bytes = new Uint8Array(known.options.applicationServerKey ?? new ArrayBuffer(0));
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

// A browser may refuse by a setting to be so much as asked.
function isSupported(): boolean {
  try {
    return Boolean(navigator.serviceWorker && globalThis.PushManager && globalThis.Notification.permission);
  } catch {
    return false;
  }
}

function isIphone(): boolean {
  // An iPad says that it is a Mac, which has no touch screen.
  return /iPhone|iPad/.test(navigator.userAgent) || (navigator.userAgent.includes('Macintosh') && navigator.maxTouchPoints > 1);
}

function ignoreSignedOut(error: unknown): void {
  if (!(error instanceof ApiProblem) || error.status !== 401) throw error;
}
