import { useActor } from '@xstate/react';
import { useMemo } from 'react';

import type { PanelName } from '#program/talk.ts';
import type { PageLook } from '#session/page-look.ts';
import type { Dispatch } from '../panels.ts';
import type { Opening } from './opening.ts';
import { pageLogic, type AppAction, type StopMove } from './state.ts';
import { usePlaces } from './usePlaces.ts';

/** What the page knows, and the ways to change it, as panels are given them. */
export function usePageState(opening: Opening) {
  const [{ context: state }, act, actor] = useActor(pageLogic, { input: opening });
  const places = usePlaces(actor, opening);
  const acts = useMemo(() => actsOf(act), [act]);
  /** Another run instead of this one: a place of its own in the browser's history. */
  const onOpen = places.open;
  return { state, act, places, onOpen, ...acts };
}

export type PageState = ReturnType<typeof usePageState>;

/** The ways to change the page: the same functions as long as it stands, so that panels need not draw again. */
function actsOf(act: (action: AppAction) => void) {
  const dispatch: Dispatch = (update) => act({ type: 'update', update });
  const onMove: Dispatch = (move) => act({ type: 'move', move });
  const onLook = (change: Partial<PageLook>): void => act({ type: 'look', change });
  return {
    dispatch,
    onMove,
    onLook,
    onFocus: (index: number): void => onLook({ focus: index }),
    onTab: (tab: PanelName): void => onLook({ tab }),
    onStop: (to: StopMove): void => act({ type: 'stop', to }),
  };
}
