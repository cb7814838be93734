import { useActor } from '@xstate/react';
import { lazy, Suspense, useCallback, useMemo } from 'react';

import type { PanelName } from '#program/talk.ts';
import { viewsAt } from '#session/derive.ts';
import type { PageLook } from '#session/page-look.ts';
import type { Session } from '#session/session.ts';
import { turnTheme } from '../settings/store.ts';
import { Announcer } from './Announcer.tsx';
import { BottomBar } from './BottomBar.tsx';
import { EditingNotices } from './EditingNotices.tsx';
import { Header } from './Header.tsx';
import type { KeyActions } from './keys.ts';
import { Layout } from './Layout.tsx';
import { Notice } from './Notice.tsx';
import type { Opening } from './opening.ts';
import { pageLogic } from './state.ts';
import { StoryBar } from './StoryBar.tsx';
import { useDialog } from './useDialog.ts';
import { useEditing } from './useEditing.ts';
import { useKeys } from './useKeys.ts';
import { usePageWidth } from './useMedia.ts';
import { usePersistence } from './usePersistence.ts';

const Dialogs = lazy(async () => ({ default: (await import('./Dialogs.tsx')).Dialogs }));

interface Props {
  readonly opening: Opening;
}

/** The whole page: one run, what is shown of it, and what the keys do to it. */
export function App({ opening }: Props) {
  const [{ context: state }, act] = useActor(pageLogic, { input: opening });
  const { dialog, compareAt, open, onHowTo, close } = useDialog();
  const width = usePageWidth();
  const { session, look, previous, notice } = state;
  const { focus } = look;
  const views = useMemo(() => viewsAt(session), [session]);

  const dispatch = useCallback(
    (update: (session: Session) => Session) => act({ type: 'update', update }),
    [act],
  );
  const onLook = useCallback((change: Partial<PageLook>) => act({ type: 'look', change }), [act]);
  const onFocus = useCallback((index: number) => onLook({ focus: index }), [onLook]);
  const onTab = useCallback((tab: PanelName) => onLook({ tab }), [onLook]);
  const onOpen = useCallback((opened: Session) => act({ type: 'open', session: opened }), [act]);

  const editing = useEditing({ session, onOpen, onTab });
  const actions: KeyActions = {
    update: dispatch,
    focus: onFocus,
    open,
    turnTheme,
    search: () => {
      onTab('state');
      requestAnimationFrame(() => document.getElementById('intercept-search')?.focus());
    },
    edit: editing.open,
  };
  useKeys(actions);
  usePersistence(session);

  const panel = { session, views, dispatch, focus, onFocus };
  return (
    <div className="flex h-dvh min-w-0 flex-col">
      <Header {...panel} width={width} actions={actions} />
      <StoryBar session={session} views={views} focus={focus} />
      {notice !== undefined && <Notice onDismiss={() => act({ type: 'dismiss' })}>{notice}</Notice>}
      <EditingNotices {...{ editing, previous, onOpen }} />
      <main className="min-h-0 flex-1">
        <Layout {...panel} onHowTo={onHowTo} width={width} look={look} onLook={onLook} editing={editing} />
      </main>
      {width === 'narrow' && <BottomBar {...panel} />}
      <Announcer session={session} views={views} />
      {dialog && (
        <Suspense>
          <Dialogs
            name={dialog}
            session={session}
            focus={focus}
            compareAt={compareAt}
            previous={previous}
            dispatch={dispatch}
            onOpen={onOpen}
            onClose={close}
          />
        </Suspense>
      )}
    </div>
  );
}
