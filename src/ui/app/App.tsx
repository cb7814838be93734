import { useActor } from '@xstate/react';
import { lazy, Suspense, useMemo, useState } from 'react';

import { viewsAt } from '#session/derive.ts';
import { Announcer } from './Announcer.tsx';
import { BottomBar } from './BottomBar.tsx';
import { EditingNotices } from './EditingNotices.tsx';
import { Header } from './Header.tsx';
import type { KeyActions } from './keys.ts';
import { Layout } from './Layout.tsx';
import { NotesSlot } from './NotesSlot.tsx';
import { Notice } from './Notice.tsx';
import type { Opening } from './opening.ts';
import { pageLogic } from './state.ts';
import { StoryBar } from './StoryBar.tsx';
import { useActs } from './useActs.ts';
import { useDialog } from './useDialog.ts';
import { useEditing } from './useEditing.ts';
import { useKeys } from './useKeys.ts';
import { usePageWidth } from './useMedia.ts';
import { usePersistence } from './usePersistence.ts';
import { useTheme } from './useTheme.ts';

const Dialogs = lazy(async () => ({ default: (await import('./Dialogs.tsx')).Dialogs }));

interface Props {
  readonly opening: Opening;
}

/** The whole page: one run, what is shown of it, and what the keys do to it. */
export function App({ opening }: Props) {
  const [{ context: state }, act] = useActor(pageLogic, { input: opening });
  const { dialog, compareAt, open, onHowTo, close } = useDialog();
  const width = usePageWidth();
  const { theme, turnTheme } = useTheme();
  const { session, look, previous, notice } = state;
  const { focus } = look;
  const views = useMemo(() => viewsAt(session), [session]);

  const { dispatch, onLook, onFocus, onTab, onOpen, onStop } = useActs(act);
  const [notesOpen, setNotesOpen] = useState(false);

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
    stop: onStop,
    notes: () => setNotesOpen((now) => !now),
  };
  useKeys(actions);
  usePersistence(session);

  const panel = { session, views, dispatch, focus, onFocus };
  return (
    <div className="flex h-dvh min-w-0 flex-col">
      <Header {...panel} width={width} actions={actions} theme={theme} />
      <StoryBar {...{ session, views, focus, onStop }} onNotes={actions.notes} />
      {notice !== undefined && <Notice onDismiss={() => act({ type: 'dismiss' })}>{notice}</Notice>}
      <EditingNotices {...{ editing, previous, onOpen }} />
      <main className="relative min-h-0 flex-1">
        {notesOpen && (
          <NotesSlot
            {...{ session, views, dispatch, onStop }}
            onFiles={editing.take}
            onClose={() => setNotesOpen(false)}
          />
        )}
        <Layout {...panel} onHowTo={onHowTo} width={width} look={look} onLook={onLook} editing={editing} />
      </main>
      {width === 'narrow' && <BottomBar {...panel} />}
      <Announcer session={session} views={views} />
      {dialog && (
        <Suspense>
          <Dialogs
            name={dialog}
            {...{ session, focus, compareAt, previous, dispatch, onOpen }}
            onClose={close}
          />
        </Suspense>
      )}
    </div>
  );
}
