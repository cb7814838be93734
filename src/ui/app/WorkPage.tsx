import { lazy, Suspense, type ReactNode } from 'react';

import type { PageLook } from '#session/page-look.ts';
import type { ChartProps } from '../chart/ChartPanel.tsx';
import type { PanelProps } from '../panels.ts';
import { BottomBar } from './BottomBar.tsx';
import { Header } from './Header.tsx';
import type { KeyActions } from './keys.ts';
import { Layout } from './Layout.tsx';
import { StoryBar } from './StoryBar.tsx';
import type { Theme } from './themes.ts';
import type { Editing } from './useEditing.ts';
import type { PageWidth } from './useMedia.ts';
import type { Presentation } from './usePresentation.ts';

const PresenterBar = lazy(async () => ({
  default: (await import('../present/PresenterBar.tsx')).PresenterBar,
}));

interface Props {
  readonly panel: PanelProps;
  readonly width: PageWidth;
  readonly actions: KeyActions;
  readonly theme: Theme;
  readonly look: PageLook;
  readonly onLook: (change: Partial<PageLook>) => void;
  readonly onHowTo: ChartProps['onHowTo'];
  readonly editing: Editing;
  readonly presentation: Presentation;
  /** Notices, below the story. */
  readonly children: ReactNode;
}

/** The page as one works with it. In the presenter's window the talk stands in place of the story. */
export function WorkPage({ panel, width, actions, theme, presentation, children, ...layout }: Props) {
  const { session, views, focus } = panel;
  return (
    <>
      <Header {...panel} width={width} actions={actions} theme={theme} />
      {presentation.apart ? (
        <Suspense>
          <PresenterBar
            {...{ session, views, focus, actions }}
            presenting={layout.look.presenting}
            partner={presentation.partner}
            onOpenAudience={presentation.openAudience}
          />
        </Suspense>
      ) : (
        <StoryBar session={session} views={views} focus={focus} />
      )}
      {children}
      <main className="min-h-0 flex-1">
        <Layout {...panel} width={width} {...layout} />
      </main>
      {width === 'narrow' && <BottomBar {...panel} />}
    </>
  );
}
