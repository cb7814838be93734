/** What the service worker decides, without a worker around it. */

/** One version of the page: everything that it is made of. */
export interface Version {
  /** Of all content: the same build has the same name. */
  readonly name: string;
  /** Addresses relative to the page's folder; the page itself is `./`. */
  readonly files: readonly string[];
}

/** Where a version is kept. Pages in two folders of one server share the browser's store: the folder is in the name. */
export const cacheName = (scope: string, version: string): string => `${cachesOf(scope)}${version}`;

const cachesOf = (scope: string): string => `svmscope ${scope} `;

/**
 * The caches that nobody needs once a version is in use, of all there are, oldest first. The version before stays:
 * a page of it may still be open, and may start its workers again.
 */
export function outdated(caches: readonly string[], scope: string, version: string): readonly string[] {
  const others = caches.filter(
    (name) => name.startsWith(cachesOf(scope)) && name !== cacheName(scope, version),
  );
  return others.slice(0, -1);
}

interface Asked {
  readonly method: string;
  readonly url: string;
  /** As in Request: `navigate` for a page. */
  readonly mode: string;
}

/** Under which address an answer may be kept; undefined where the worker has no say. */
export function keptUnder({ method, url, mode }: Asked, scope: string): string | undefined {
  if (method !== 'GET' || !url.startsWith(scope)) return undefined;
  const { origin, pathname } = new URL(url);
  const address = origin + pathname;
  return mode === 'navigate' && address === `${scope}index.html` ? scope : address;
}

/** How to fetch a file of a version: a hashed name never changes its content, any other may have. */
export const fetchMode = (file: string): 'default' | 'no-cache' =>
  file.startsWith('assets/') ? 'default' : 'no-cache';
