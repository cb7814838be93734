import { lazy, Suspense, type ReactNode } from 'react';

import type { ChartProps } from '../chart/ChartPanel.tsx';
import type { PanelProps } from '../panels.ts';
import { BottomBar } from './BottomBar.tsx';
import { Header } from './Header.tsx';
import type { KeyActions } from './keys.ts';
import { Layout } from './Layout.tsx';
import { NotesSlot } from './NotesSlot.tsx';
import { PatchSlot } from './PatchSlot.tsx';
import { StoryBar } from './StoryBar.tsx';
import type { Editing } from './useEditing.ts';
import type { PageWidth } from './useMedia.ts';
import type { PageState } from './usePageState.ts';
import type { Presentation } from './usePresentation.ts';

const PresenterBar = lazy(async () => ({
  default: (await import('../present/PresenterBar.tsx')).PresenterBar,
}));

interface Props {
  readonly page: PageState;
  readonly panel: PanelProps;
  readonly width: PageWidth;
  readonly actions: KeyActions;
  readonly onHowTo: NonNullable<ChartProps['onHowTo']>;
  readonly editing: Editing;
  readonly presentation: Presentation;
  readonly notesOpen: boolean;
  /** Notices, below the story. */
  readonly children: ReactNode;
}

/** The page as one works with it. In the presenter's window the talk stands in place of the story. */
export function WorkPage(props: Props) {
  const { page, panel, width, actions, presentation, editing, onHowTo, notesOpen, children } = props;
  const { session, views, dispatch, focus } = panel;
  const { onStop, onLook } = page;
  const { look } = page.state;
  return (
    <>
      <Header {...panel} width={width} actions={actions} />
      {presentation.apart ? (
        <Suspense>
          <PresenterBar
            {...{ session, views, focus, actions }}
            presenting={look.presenting}
            partner={presentation.partner}
            onOpenAudience={presentation.openAudience}
          />
        </Suspense>
      ) : (
        <StoryBar {...{ session, views, focus, onStop }} onNotes={actions.notes} />
      )}
      {children}
      <main className="relative min-h-0 flex-1">
        {notesOpen && (
          <NotesSlot
            {...{ session, views, dispatch, onStop }}
            onFiles={editing.take}
            onClose={actions.notes}
          />
        )}
        <PatchSlot width={width} onOpen={page.onOpen} />
        <Layout {...panel} {...{ width, look, onLook, onHowTo, editing }} />
      </main>
      {width === 'narrow' && <BottomBar {...panel} dispatch={actions.move} />}
    </>
  );
}
