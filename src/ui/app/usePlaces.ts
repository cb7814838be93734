import { useCallback, useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react';
import type { ActorRefFrom } from 'xstate';

import { fail, ok, type Result } from '#base/result.ts';
import {
  addressFragment,
  addressWithoutFragment,
  entryId,
  keepEntry,
  newEntryId,
  onEntry,
  pushEntry,
} from '#browser/address.ts';
import { writeOfTab, writeStored } from '#browser/storage.ts';
import { firstLook, handedOn, type PageView } from '#session/page-look.ts';
import type { Session } from '#session/session.ts';
import { viewText } from '#session/stored.ts';
import type { Opening } from './opening.ts';
import { placeKey, previousKey, sessionKey, shelfKey } from './run-keys.ts';
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
    const found = await viewAt(at, id === undefined);
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

/** The view that belongs to the place, why it cannot be shown, or nothing where the address merely lost its link. */
async function viewAt(place: Place, isNew: boolean): Promise<PageView | string | undefined> {
  const { viewOfAddress, viewOfPlace } = await import('./kept-runs.ts');
  if (!isNew) return viewOfPlace(place.id);
  if (!place.linked) return undefined;
  const view = await viewOfAddress();
  if (typeof view !== 'string') return view;
  place.linked = false;
  keepEntry(place.id, '');
  return `${view}. Your run is as it was.`;
}

/** The link to what is shown, or why there is none; the address bar gets it too, unless the visitor has gone elsewhere meanwhile. */
async function linkHere(page: Page, place: Place): Promise<Result<string, string>> {
  const { fragmentOf, linkOf, linkProblem } = await import('#share/link.ts');
  const view = handedOn(shown(page));
  const problem = linkProblem(view.session);
  if (problem !== undefined) return fail(problem);
  if (entryId() === place.id) {
    place.linked = true;
    keepEntry(place.id, fragmentOf(view));
  }
  return ok(linkOf(view, addressWithoutFragment()));
}

const runText = (session: Session): string => viewText({ session, look: firstLook });

/** Keep the run: at its place at once, in the browser once the visitor pauses, and both when the page goes away. */
function useKeeping(page: Page, place: RefObject<Place>): void {
  useEffect(() => {
    let timers: readonly ReturnType<typeof setTimeout>[] = [];
    const keep = (): void => keepAt(place.current, page);
    const save = (): void => {
      if (place.current.arriving) return;
      keep();
      const { session, look, previous, shelf } = page.getSnapshot().context;
      writeStored(sessionKey, viewText({ session, look }));
      if (previous) writeStored(previousKey, runText(previous));
      if (shelf.length > 0) writeStored(shelfKey, JSON.stringify(shelf.map(runText)));
    };
    const pause = (): void => {
      save();
      if (place.current.linked && !place.current.arriving) void linkHere(page, place.current);
    };
    const later = (): void => {
      for (const timer of timers) clearTimeout(timer);
      // The step is shown first.
      timers = [setTimeout(keep), setTimeout(pause, quiet)];
    };
    const subscription = page.subscribe(later);
    later();
    addEventListener('pagehide', save);
    return () => {
      for (const timer of timers) clearTimeout(timer);
      subscription.unsubscribe();
      removeEventListener('pagehide', save);
    };
  }, [page, place]);
}
