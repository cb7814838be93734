import { useActor } from '@xstate/react';
import { useCallback, useMemo } from 'react';

import type { PanelName } from '#program/talk.ts';
import { viewsAt } from '#session/derive.ts';
import type { PageLook } from '#session/page-look.ts';
import type { Session } from '#session/session.ts';
import { Announcer } from '../app/Announcer.tsx';
import { ErrorBoundary } from '../app/ErrorBoundary.tsx';
import { keyTable, type KeyActions, type KeyEntry } from '../app/keys.ts';
import { Notice } from '../app/Notice.tsx';
import type { Opening } from '../app/opening.ts';
import { pageLogic } from '../app/state.ts';
import { useKeys } from '../app/useKeys.ts';
import type { Dispatch } from '../panels.ts';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { CodePanel } from '../code/CodePanel.tsx';
import { LanesPanel } from '../lanes/LanesPanel.tsx';
import { ProgramPanel } from '../listing/ProgramPanel.tsx';
import { StatePanel } from '../listing/StatePanel.tsx';
import { EmbedBar } from './EmbedBar.tsx';
import { useHost, type OpenLink } from './useHost.ts';

interface Props {
  readonly opening: Opening;
  readonly panels: readonly PanelName[];
  readonly openLink: OpenLink;
}

const all = {
  program: { title: 'Program', Panel: ProgramPanel },
  chart: { title: 'Chart', Panel: ChartPanel },
  lanes: { title: 'Lanes', Panel: LanesPanel },
  code: { title: 'Code', Panel: CodePanel },
  state: { title: 'State', Panel: StatePanel },
} as const;

const nothing = (): void => undefined;

/** What an embedded page does not have. */
const without = {
  look: nothing,
  open: nothing,
  openPresenter: nothing,
  fullScreen: nothing,
  turnTheme: nothing,
  search: nothing,
  edit: nothing,
  notes: nothing,
  copyLink: nothing,
  goThrough: nothing,
  turnRecording: nothing,
} as const;

/** Keys that move, and nothing that opens what is not there. */
const takes = (entry: KeyEntry): boolean => entry.group === 'Move' || entry === keyTable.focus;

/** The page inside another one: some panels under a slim bar. Nothing of it is kept in the browser. */
export function EmbedApp({ opening, panels, openLink }: Props) {
  const [{ context: state }, act] = useActor(pageLogic, { input: opening });
  const { session, look, notice } = state;
  const { focus, density } = look;
  const views = useMemo(() => viewsAt(session), [session]);
  const dispatch = useCallback(
    (update: (session: Session) => Session) => act({ type: 'update', update }),
    [act],
  );
  const onLook = useCallback((change: Partial<PageLook>) => act({ type: 'look', change }), [act]);
  const onFocus = useCallback((index: number) => onLook({ focus: index }), [onLook]);
  const onOpen = useCallback((opened: Session) => act({ type: 'open', session: opened }), [act]);
  const onMove = useCallback<Dispatch>((move) => act({ type: 'move', move }), [act]);
  const actions: KeyActions = {
    ...without,
    update: dispatch,
    move: onMove,
    focus: onFocus,
    stop: (to) => act({ type: 'stop', to }),
  };
  useKeys(actions, takes);
  useHost({ session, views, focus, dispatch, onOpen, openLink });
  const panel = { session, views, dispatch, focus, onFocus, density, onLook };
  return (
    <div className="flex h-dvh min-w-0 flex-col">
      <EmbedBar {...panel} look={look} />
      {notice !== undefined && <Notice onDismiss={() => act({ type: 'dismiss' })}>{notice}</Notice>}
      <main className="flex min-h-0 flex-1 divide-line max-md:flex-col max-md:divide-y md:divide-x">
        {panels.map((name) => {
          const { title, Panel } = all[name];
          return (
            <div key={name} className="min-h-0 min-w-0 flex-1">
              <ErrorBoundary title={title}>
                <Panel {...panel} />
              </ErrorBoundary>
            </div>
          );
        })}
      </main>
      <Announcer session={session} views={views} done={undefined} />
    </div>
  );
}
