/** The address bar and the browser's history. An entry of the history bears an id of ours, and no more. */

interface EntryState {
  readonly svmscope: string;
}

/** What follows `#`; empty where there is none. */
export function addressFragment(): string {
  return location.hash.replace(/^#/, '');
}

export function addressWithoutFragment(): string {
  return location.href.replace(/#.*$/s, '');
}

/** The id of the history's entry that the page stands on; absent where it is none of ours, as after a typed address. */
export function entryId(): string | undefined {
  return (history.state as EntryState | null)?.svmscope;
}

/** An id that no entry of this tab has. */
export function newEntryId(): string {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
}

/** Give the entry that the page stands on an id and an address. */
export function keepEntry(id: string, fragment: string): void {
  quietly(() => history.replaceState({ svmscope: id }, '', addressWith(fragment)));
}

/** Begin an entry, with an address of no fragment. */
export function pushEntry(id: string): void {
  quietly(() => history.pushState({ svmscope: id }, '', addressWith('')));
}

/** Listen for other entries, and for addresses that are typed or followed. An arrival may be told more than once. */
export function onEntry(listener: () => void): () => void {
  const kinds = ['popstate', 'hashchange'] as const;
  for (const kind of kinds) addEventListener(kind, listener);
  return () => {
    for (const kind of kinds) removeEventListener(kind, listener);
  };
}

const addressWith = (fragment: string): string =>
  fragment === '' ? addressWithoutFragment() : `${addressWithoutFragment()}#${fragment}`;

/** Browsers refuse entries in some frames and where many are made at once: the page goes on without. */
function quietly(change: () => void): void {
  try {
    change();
  } catch {
    // The address then stays as it was.
  }
}
