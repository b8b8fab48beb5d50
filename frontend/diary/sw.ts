/// <reference lib="webworker" />
declare const self: ServiceWorkerGlobalScope;
declare const __VERSION__: string;
declare const __PRECACHE__: string[];

const cacheName = `charley-${__VERSION__}`;
const files = __PRECACHE__;
const shell = new Set(files);
const patientPages = /^\/(nights(\/\d{4}-\d{2}-\d{2})?|cramp|plan|result|(me|start)(\/[a-z]+)?|welcome)?$/;

self.addEventListener('install', (event) => {
  const fresh = files.map((url) => new Request(url, { cache: 'reload' }));
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(fresh)));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(takeOver());
});

// The page asks the person first; an update never happens in the middle of an entry.
self.addEventListener('message', (event) => {
  if (event.data === 'update') event.waitUntil(self.skipWaiting());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode === 'navigate') {
    if (patientPages.test(url.pathname)) event.respondWith(fromShell('/', request));
  } else if (shell.has(url.pathname)) {
    event.respondWith(fromShell(url.pathname, request));
  }
});

async function takeOver(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith('charley-') && name !== cacheName) await caches.delete(name);
  }
  await self.clients.claim();
}

async function fromShell(url: string, request: Request): Promise<Response> {
  const cached = await caches.match(url, { cacheName });
  return cached ?? fetch(request);
}

export {};
