/// <reference lib="webworker" />
declare const self: ServiceWorkerGlobalScope;
declare const __VERSION__: string;
declare const __PRECACHE__: string[];

/** A message of the server (`backend/reminders/texts.py`): what to show, once, and where a tap leads. */
type Reminder = NotificationOptions & { id: string; title: string; snooze: string | null; url: string };

const cacheName = `charley-${__VERSION__}`;
const shownName = 'shown-reminders';
const shell = new Set(__PRECACHE__);
// The app answers for every address of the patient's, also for one that it does not know: the browser's own page would
// be a dead end. Data, files and the physicians' app are the server's.
const otherPages = /^\/(api|clinic|docs|healthz)(\/|$)|\./;

self.addEventListener('install', (event) => {
  const fresh = __PRECACHE__.map((url) => new Request(url, { cache: 'reload' }));
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(fresh)));
});

self.addEventListener('activate', (event) => event.waitUntil(takeOver()));

// The page asks the person first; an update never happens in the middle of an entry.
self.addEventListener('message', (event) => {
  if (event.data === 'update') event.waitUntil(self.skipWaiting());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode === 'navigate') {
    if (!otherPages.test(url.pathname)) event.respondWith(fromShell('/', request));
  } else if (shell.has(url.pathname)) {
    event.respondWith(fromShell(url.pathname, request));
  }
});

self.addEventListener('push', (event) => event.waitUntil(remind(event.data?.json() as Reminder)));

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const reminder = event.notification.data as Reminder;
  event.waitUntil(event.action === 'snooze' ? snooze(reminder) : openApp(reminder.url));
});

self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(resubscribe(event)));

async function takeOver(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith('charley-') && name !== cacheName) await caches.delete(name);
  }
  await self.clients.claim();
}

async function fromShell(url: string, request: Request): Promise<Response> {
  return (await caches.match(url, { cacheName })) ?? fetch(request);
}

// A server that died while it sent a reminder sends it again, with the same id.
async function remind(reminder: Reminder): Promise<void> {
  const shown = await caches.open(shownName);
  if (await shown.match(reminder.id)) return;
  await show(reminder);
  await shown.put(reminder.id, new Response());
  const [oldest, ...later] = await shown.keys();
  if (oldest && later.length > 20) await shown.delete(oldest);
}

function show(reminder: Reminder): Promise<void> {
  const actions = reminder.snooze ? [{ action: 'snooze', title: reminder.snooze }] : [];
  const options = { ...reminder, actions, renotify: true, icon: '/icons/icon-192.png', data: reminder };
  return self.registration.showNotification(reminder.title, options);
}

async function snooze(reminder: Reminder): Promise<void> {
  const status = await send('POST', '/api/reminders/snooze', { id: reminder.id }).catch(() => 0);
  // What could not be put off stays to be seen; 409 says that it was put off before.
  if (status !== 204 && status !== 409) await show(reminder);
}

async function openApp(url: string): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const open = windows.find((each) => !new URL(each.url).pathname.startsWith('/clinic'));
  // The page goes there by itself: loading it anew might interrupt an entry.
  open?.postMessage({ go: url });
  await (open ? open.focus() : self.clients.openWindow(url));
}

async function resubscribe({ oldSubscription, newSubscription }: PushSubscriptionChangeEvent): Promise<void> {
  const { endpoint, keys } = (newSubscription ?? (await self.registration.pushManager.subscribe(oldSubscription?.options))).toJSON();
  await send('PUT', '/api/push/subscriptions', { endpoint, keys });
}

async function send(method: string, url: string, body: object): Promise<number> {
  const { response } = await (await fetch('/api/auth/login', { headers: { Accept: 'application/json' } })).json();
  const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': response.csrf_token };
  return (await fetch(url, { method, headers, body: JSON.stringify(body) })).status;
}

export {};
