/** The page in the browser's keeping: it opens without a network, and a newer version waits for the visitor. */

import { makeStore } from '#base/store.ts';

/** Built to be served. In one file, and while it is being written, the page has nothing that could keep it. */
const isServed = import.meta.env.PROD && import.meta.env.MODE !== 'file';

const waiting = makeStore<ServiceWorker | undefined>(undefined);

/** A newer version, as a store that React can subscribe to. */
export const newVersion = {
  /** Whether all of it is there, and the visitor has not put it off. */
  isReady: (): boolean => waiting.get() !== undefined,
  subscribe: waiting.subscribe,
  /** Not now: the page tells of it again when it is loaded again. */
  putOff: (): void => waiting.set(undefined),
  /** Load it. The run is saved as on every leave; other tabs keep working with what they have. */
  open: (): void => {
    const next = waiting.get();
    if (next?.state !== 'installed') return location.reload();
    // It takes over from the first change on: what is asked for then waits for it.
    next.addEventListener('statechange', () => location.reload(), { once: true });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name.
    next.postMessage('take over');
  },
};

/**
 * Keep the page in the browser. Resolves once all of it is kept, or is found not to be keepable: a server without
 * the worker, a browser that forbids it.
 */
export async function keepOffline(): Promise<void> {
  if (!isServed || !('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.register('./offline.js');
  tell(registration);
  registration.addEventListener('updatefound', () => void follow(registration));
  await follow(registration);
}

/** Wait for the worker that is being installed. Where one is in charge already, the visitor is told of the new one. */
async function follow(registration: ServiceWorkerRegistration): Promise<void> {
  const { installing } = registration;
  if (!installing) return;
  await new Promise<void>((resolve) => {
    installing.addEventListener('statechange', () => {
      if (installing.state === 'installed') tell(registration);
      resolve();
    });
  });
}

function tell({ active, waiting: next }: ServiceWorkerRegistration): void {
  if (active && next) waiting.set(next);
}
