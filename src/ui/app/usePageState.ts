import { useActor } from '@xstate/react';
import { useMemo } from 'react';

import type { PanelName } from '#program/talk.ts';
import type { PageLook } from '#session/page-look.ts';
import type { Session } from '#session/session.ts';
import type { Dispatch } from '../panels.ts';
import type { Opening } from './opening.ts';
import { pageLogic, type AppAction, type StopMove } from './state.ts';

/** What the page knows, and the ways to change it, as panels are given them. */
export function usePageState(opening: Opening) {
  const [{ context: state }, act] = useActor(pageLogic, { input: opening });
  const acts = useMemo(() => actsOf(act), [act]);
  return { state, act, ...acts };
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
    onOpen: (session: Session): void => act({ type: 'open', session }),
    onStop: (to: StopMove): void => act({ type: 'stop', to }),
  };
}
