import { useActor } from '@xstate/react';
import { useCallback } from 'react';

import type { PanelName } from '#program/talk.ts';
import type { PageLook } from '#session/page-look.ts';
import type { Session } from '#session/session.ts';
import type { KeyActions } from './keys.ts';
import type { Opening } from './opening.ts';
import { pageLogic } from './state.ts';

type Move = (session: Session) => Session;

/** What the page knows, and the ways to change it. The ways stay the same: panels that they go to need not draw again. */
export function usePageState(opening: Opening) {
  const [{ context: state }, act] = useActor(pageLogic, { input: opening });
  const dispatch = useCallback((update: Move) => act({ type: 'update', update }), [act]);
  const onLook = useCallback((change: Partial<PageLook>) => act({ type: 'look', change }), [act]);
  const onFocus = useCallback((index: number) => onLook({ focus: index }), [onLook]);
  const onTab = useCallback((tab: PanelName) => onLook({ tab }), [onLook]);
  const onOpen = useCallback((opened: Session) => act({ type: 'open', session: opened }), [act]);
  const onMove = useCallback((move: Move) => act({ type: 'move', move }), [act]);
  const goToStop = useCallback<KeyActions['goToStop']>(
    (choose, otherwise) => act({ type: 'stop', choose, ...(otherwise && { otherwise }) }),
    [act],
  );
  return { state, act, dispatch, onLook, onFocus, onTab, onOpen, onMove, goToStop };
}

export type PageState = ReturnType<typeof usePageState>;
