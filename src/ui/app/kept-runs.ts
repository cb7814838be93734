import { addressFragment, entryId } from '#browser/address.ts';
import { readOfTab, readStored, removeStored } from '#browser/storage.ts';
import { handedOn, type PageView } from '#session/page-look.ts';
import { restoreView } from '#session/restore.ts';
import type { Session } from '#session/session.ts';
import type { Opening } from './opening.ts';
import { placeKey, previousKey, sessionKey, shelfKey } from './run-keys.ts';

/** Runs that come from elsewhere: from storage, or with a link. Loaded where there is one. */

/** What a page without any run shows. */
type First = () => Opening;

/** What the page shows: after a reload what it showed, else what the link in the address holds, else the last run. */
export async function keptOpening(first: First): Promise<Opening> {
  const id = entryId();
  const reloaded = id === undefined ? undefined : readOfTab(placeKey(id));
  if (reloaded !== undefined) return { ...restored(reloaded, first), ...left() };
  return addressFragment() === '' ? lastVisit(first) : linked(first);
}

function lastVisit(first: First): Opening {
  const text = readStored(sessionKey);
  return text === undefined ? first() : { ...restored(text, first), ...left() };
}

/** The run that a text holds; a text that does not hold one is thrown away. */
function restored(text: string, first: First): Opening {
  const view = restoreView(text);
  if (view.ok) return { ...first(), ...view.value };
  removeStored(sessionKey);
  return { ...first(), notice: `The run of your last visit could not be restored: ${view.error}.` };
}

/** The runs beside the one that is shown. */
const left = (): Pick<Opening, 'previous' | 'shelf'> => ({ previous: previousRun(), shelf: shelfRuns() });

/** What does not hold a run is left out: none of them is the one that is shown. */
function shelfRuns(): readonly Session[] {
  try {
    const texts: unknown = JSON.parse(readStored(shelfKey) ?? '[]');
    if (!Array.isArray(texts)) return [];
    return texts
      .map((text) => restoreView(String(text)))
      .flatMap((one) => (one.ok ? [one.value.session] : []));
  } catch {
    return [];
  }
}

function previousRun(): Session | undefined {
  const text = readStored(previousKey);
  const view = text === undefined ? undefined : restoreView(text);
  return view?.ok ? view.value.session : undefined;
}

/** The run of a link; that of the last visit is the way back. A link that cannot be opened leaves that as it was. */
async function linked(first: First): Promise<Opening> {
  const last = lastVisit(first);
  const view = await viewOfAddress();
  if (typeof view === 'string') return { ...last, notice: `${view}.` };
  const isNew = readStored(sessionKey) === undefined;
  return { ...last, ...view, previous: isNew ? undefined : last.session, byLink: true };
}

/** The view that the address holds, or one line that says why there is none. */
export async function viewOfAddress(): Promise<PageView | string> {
  const { readFragment } = await import('#share/link.ts');
  const view = readFragment(addressFragment());
  return view.ok ? handedOn(view.value) : view.error;
}

/** The view at a place of the browser's history, or one line that says why there is none. */
export function viewOfPlace(id: string): PageView | string {
  const view = restoreView(readOfTab(placeKey(id)) ?? 'null');
  return view.ok ? view.value : 'The run at that place of the history is no longer kept.';
}
