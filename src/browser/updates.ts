/** The page in the browser's keeping: it opens without a network, and a newer version waits for the visitor. */

/** Built to be served. In one file, and while it is being written, the page has nothing that could keep it. */
const isServed = import.meta.env.PROD && import.meta.env.MODE !== 'file';

let waiting: ServiceWorker | undefined;
const listeners = new Set<() => void>();

function setWaiting(worker: ServiceWorker | undefined): void {
  waiting = worker;
  for (const listener of listeners) listener();
}

/** A newer version, as a store that React can subscribe to. */
export const newVersion = {
  /** Whether all of it is there, and the visitor has not put it off. */
  isReady: (): boolean => waiting !== undefined,
  subscribe: (onChange: () => void): (() => void) => {
    listeners.add(onChange);
    return () => listeners.delete(onChange);
  },
  /** Not now: the page tells of it again when it is loaded again. */
  putOff: (): void => setWaiting(undefined),
  /** Load it. The run is saved as on every leave; other tabs keep working with what they have. */
  open: (): void => {
    if (waiting?.state !== 'installed') return location.reload();
    // It takes over from the first change on: what is asked for then waits for it.
    waiting.addEventListener('statechange', () => location.reload(), { once: true });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name.
    waiting.postMessage('take over');
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
  if (active && next) setWaiting(next);
}
