import { useEffect, useMemo, useState } from 'react';

import { witnessSession } from '#explore/witness-session.ts';
import type { Program } from '#program/types.ts';
import type { Session } from '#session/session.ts';
import type { KeyActions } from '../app/keys.ts';
import { useKeys } from '../app/useKeys.ts';
import { usePageWidth, type PageWidth } from '../app/useMedia.ts';
import { Conformance } from './Conformance.tsx';
import { CountsDialog } from './CountsDialog.tsx';
import { EventsPanel } from './EventsPanel.tsx';
import { FindingsBar } from './FindingsBar.tsx';
import { marksOf } from './marks.ts';
import { RecordingHeader } from './RecordingHeader.tsx';
import { RecordingLayout } from './RecordingLayout.tsx';
import { ReplayColumn } from './ReplayColumn.tsx';
import { lookAt, showRecording, useRecordings, type OpenRecording } from './store.ts';
import { UnreadDialog } from './UnreadDialog.tsx';
import { useEventRows } from './useEventRows.ts';
import { useEvents, type Events } from './useEvents.ts';
import { useHeld, type Held } from './useHeld.ts';

interface Props {
  readonly actions: KeyActions;
  /** Run a program that was taken from the recording. */
  readonly onOpen: (session: Session) => void;
}

/** A recording in place of the run, which waits behind it as it is. */
export function RecordingPage(props: Props) {
  const { open } = useRecordings();
  return open && <Replay key={open.key} recording={open} {...props} />;
}

interface ReplayProps extends Props {
  readonly recording: OpenRecording;
}

function Replay({ recording, actions, onOpen }: ReplayProps) {
  const [dialog, setDialog] = useState<'counts' | 'unread'>();
  const events = useEvents(recording);
  const width = usePageWidth();
  const { summary, look } = recording;
  const held = useHeld(recording);
  const own = useOwnKeys(actions, events);
  const close = (): void => setDialog(undefined);
  return (
    <>
      <RecordingHeader
        recording={recording}
        actions={own}
        onCounts={() => setDialog('counts')}
        onUnread={() => setDialog('unread')}
      />
      <FindingsBar findings={held.findings.value} cursor={look.cursor} width={width} />
      <main className="relative min-h-0 flex-1">
        <Columns {...{ recording, events, held, width, onOpen }} actions={own} />
      </main>
      {dialog === 'counts' && <CountsDialog summary={summary} onClose={close} />}
      {dialog === 'unread' && <UnreadDialog summary={summary} onClose={close} />}
    </>
  );
}

/** The keys of the page, with what they do to this recording. */
function useOwnKeys(actions: KeyActions, events: Events): KeyActions {
  const own: KeyActions = {
    ...actions,
    goThrough: events.go,
    search: () => {
      lookAt({ tab: 'events' });
      requestAnimationFrame(() => document.getElementById('event-search')?.focus());
    },
  };
  useKeys(own, ({ inRecording }) => inRecording !== undefined);
  // From the first moment the arrow keys move through the events.
  useEffect(() => document.getElementById('recording-events')?.focus(), []);
  return own;
}

interface ColumnsProps extends ReplayProps {
  readonly events: Events;
  readonly held: Held;
  readonly width: PageWidth;
}

function Columns({ recording, events, held, width, actions, onOpen }: ColumnsProps) {
  const { questions, look } = recording;
  const [seen, setSeen] = useState<readonly number[]>([]);
  const rows = useEventRows(questions, [...seen, look.cursor]);
  const findings = held.findings.value;
  const alignment = held.alignment.value;
  const marks = useMemo(() => marksOf(findings, alignment), [findings, alignment]);
  const onOpenProgram = (program: Program, kernels: readonly string[], step: number): void => {
    onOpen(witnessSession({ program, step }, kernels));
    showRecording(false);
  };
  const list = <EventsPanel {...{ recording, events, actions, rows, marks }} onSeen={setSeen} />;
  const chart = <ReplayColumn {...{ recording, marks }} row={rows.rowAt(look.cursor)} />;
  const conformance = <Conformance {...{ recording, held, onOpenProgram }} />;
  return (
    <RecordingLayout
      width={width}
      tab={look.tab}
      columns={[
        { id: 'events', title: 'Events', size: 31, min: 20, content: list },
        { id: 'chart', title: 'Chart', size: 40, min: 25, content: chart },
        { id: 'conformance', title: 'Conformance', size: 29, min: 20, content: conformance },
      ]}
    />
  );
}
