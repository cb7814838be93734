import { useMemo } from 'react';

import type { PanelName } from '#program/talk.ts';
import type { PageLook } from '#session/page-look.ts';
import type { Session } from '#session/session.ts';
import type { Dispatch } from '../panels.ts';
import type { AppAction, StopMove } from './state.ts';

/** What can be done to the page, as panels are given it: the same functions as long as the page stands. */
export function useActs(act: (action: AppAction) => void) {
  return useMemo(() => {
    const dispatch: Dispatch = (update) => act({ type: 'update', update });
    const onLook = (change: Partial<PageLook>): void => act({ type: 'look', change });
    return {
      dispatch,
      onLook,
      onFocus: (index: number): void => onLook({ focus: index }),
      onTab: (tab: PanelName): void => onLook({ tab }),
      onOpen: (session: Session): void => act({ type: 'open', session }),
      onStop: (to: StopMove): void => act({ type: 'stop', to }),
    };
  }, [act]);
}
