import { cacheName, fetchMode, keptUnder, outdated, type Version } from './precache.ts';

/**
 * The service worker: it keeps one version of the page whole and answers from it. A newer version is kept beside it
 * and waits until the visitor takes it.
 */

declare const self: ServiceWorkerGlobalScope;

/** Written in by offline.plugin.ts, which knows what the build made. */
declare const __VERSION__: Version;

const version = __VERSION__;
const { scope } = self.registration;
const own = cacheName(scope, version.name);

self.addEventListener('install', (event) => event.waitUntil(keep()));

/** Keep every file, or nothing: an install that fails leaves the version before in charge. */
async function keep(): Promise<void> {
  const cache = await caches.open(own);
  await cache.addAll(
    version.files.map((file) => new Request(new URL(file, scope), { cache: fetchMode(file) })),
  );
}

self.addEventListener('activate', (event) => event.waitUntil(forget()));

async function forget(): Promise<void> {
  const names = outdated(await caches.keys(), scope, version.name);
  await Promise.all(names.map((name) => caches.delete(name)));
}

self.addEventListener('fetch', (event) => {
  const address = keptUnder(event.request, scope);
  if (address !== undefined) event.respondWith(answer(address, event.request));
});

/** From this version; from the one before, for a page of it that is still open; else from the server. */
async function answer(address: string, request: Request): Promise<Response> {
  const kept =
    (await caches.match(address, { cacheName: own, ignoreVary: true })) ??
    (await caches.match(address, { ignoreVary: true }));
  return kept ?? fetch(request);
}

// The one message there is: the visitor takes the new version.
self.addEventListener('message', (event) => event.waitUntil(self.skipWaiting()));
