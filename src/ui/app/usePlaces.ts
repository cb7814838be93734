import { useCallback, useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react';
import type { ActorRefFrom } from 'xstate';

import { addressFragment, entryId, keepEntry, newEntryId, onEntry, pushEntry } from '#browser/address.ts';
import { readOfTab, writeOfTab, writeStored } from '#browser/storage.ts';
import { firstLook, type PageView } from '#session/page-look.ts';
import type { Session } from '#session/session.ts';
import { viewText } from '#session/stored.ts';
import { placeKey, previousKey, sessionKey, type Opening } from './opening.ts';
import type { pageLogic } from './state.ts';

/** An entry of the browser's history, as the page stands on it. */
interface Place {
  readonly id: string;
  /** Its address is a link, which follows the run from then on. */
  linked: boolean;
  /** Its run is being fetched: what is shown is still that of another. */
  arriving: boolean;
}

type Page = ActorRefFrom<typeof pageLogic>;

const quiet = 300;

const shown = (page: Page): PageView => page.getSnapshot().context;

/** The place that the page opens at. */
function firstPlace({ byLink, notice }: Opening): Place {
  const known = entryId();
  const linked = notice === undefined && (byLink || addressFragment() !== '');
  return { id: known ?? newEntryId(), linked, arriving: false };
}

/** Keep the run at its place, for Back and Forward and a reload. */
function keepAt(place: Place, page: Page): void {
  if (!place.arriving) writeOfTab(placeKey(place.id), viewText(shown(page)));
}

/**
 * Places in the browser's history, one for each run that is opened, not one for each step: Back returns to the run
 * that was left, as it was left. The run is kept in the browser too, once the visitor pauses and when the page goes
 * away. An address that is a link stays one to what is shown; other addresses stay as they are.
 */
export function usePlaces(page: Page, opening: Opening) {
  const place = useRef<Place>(undefined) as RefObject<Place>;
  place.current ??= firstPlace(opening);
  /** The run that was left for that of a link. */
  const [left, setLeft] = useState(opening.byLink ? opening.previous : undefined);

  const open = useCallback(
    (session: Session) => {
      keepAt(place.current, page);
      place.current = { id: newEntryId(), linked: false, arriving: false };
      pushEntry(place.current.id);
      page.send({ type: 'open', session });
    },
    [page],
  );

  const arrive = useEffectEvent(async () => {
    const id = entryId();
    if (id === place.current.id) return;
    keepAt(place.current, page);
    const leaving = shown(page).session;
    const at: Place = { id: id ?? newEntryId(), linked: addressFragment() !== '', arriving: true };
    place.current = at;
    // The address is marked as met: the same arrival is told once more.
    if (id === undefined) keepEntry(at.id, addressFragment());
    const found = id === undefined ? await fromLink(at) : await fromKept(id);
    if (place.current !== at) return;
    at.arriving = false;
    if (typeof found === 'string') page.send({ type: 'tell', notice: found });
    else if (found !== undefined) {
      if (id === undefined) setLeft(leaving);
      page.send({ type: 'open', ...found });
    }
  });

  useEffect(() => {
    keepEntry(place.current.id, place.current.linked ? addressFragment() : '');
    return onEntry(() => void arrive());
  }, []);
  useKeeping(page, place);

  const link = useCallback(() => linkHere(page, place.current), [page]);
  return { open, link, left, dismiss: () => setLeft(undefined) };
}

/** The view that the place's address holds, why it cannot be shown, or nothing where there is no link. */
async function fromLink(place: Place): Promise<PageView | string | undefined> {
  if (!place.linked) return undefined;
  const { readFragment } = await import('#share/link.ts');
  const view = readFragment(addressFragment());
  if (view.ok) return view.value;
  place.linked = false;
  keepEntry(place.id, '');
  return `${view.error}. Your run is as it was.`;
}

async function fromKept(id: string): Promise<PageView | string> {
  const text = readOfTab(placeKey(id));
  const { restoreView } = await import('#session/restore.ts');
  const view = restoreView(text ?? 'null');
  return view.ok ? view.value : 'The run at that place of the history is no longer kept.';
}

/** Put the link to what is shown into the address bar. The whole address. */
async function linkHere(page: Page, place: Place): Promise<string> {
  const { fragmentOf } = await import('#share/link.ts');
  place.linked = true;
  keepEntry(place.id, fragmentOf(shown(page)));
  return location.href;
}

/** Keep the run in the browser: once the visitor pauses, and when the page goes away. */
function useKeeping(page: Page, place: RefObject<Place>): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const save = (): void => {
      if (place.current.arriving) return;
      const { session, look, previous } = page.getSnapshot().context;
      keepAt(place.current, page);
      writeStored(sessionKey, viewText({ session, look }));
      if (previous) writeStored(previousKey, viewText({ session: previous, look: firstLook }));
    };
    const later = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        save();
        if (place.current.linked && !place.current.arriving) void linkHere(page, place.current);
      }, quiet);
    };
    const subscription = page.subscribe(later);
    later();
    addEventListener('pagehide', save);
    return () => {
      clearTimeout(timer);
      subscription.unsubscribe();
      removeEventListener('pagehide', save);
    };
  }, [page, place]);
}
