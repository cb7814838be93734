import { lazy, Suspense, useMemo, useState } from 'react';

import { viewsAt } from '#session/derive.ts';
import { togglePresenting } from '#session/presenting.ts';
import { DropSheet } from '../inputs/DropSheet.tsx';
import { ReadingNotice } from '../source/ReadingNotice.tsx';
import { useIsRecordingShown } from '../recording/store.ts';
import { turnTheme } from '../settings/store.ts';
import { Announcer } from './Announcer.tsx';
import { EditingNotices } from './EditingNotices.tsx';
import { keyActions } from './key-actions.ts';
import type { Opening } from './opening.ts';
import { PageNotices } from './PageNotices.tsx';
import { Printable } from './Printable.tsx';
import { TwinSlot } from './TwinSlot.tsx';
import { useDialog } from './useDialog.ts';
import { useInputs } from './useInputs.ts';
import { useEditing } from './useEditing.ts';
import { useKeys } from './useKeys.ts';
import { useLinkCopy } from './useLinkCopy.ts';
import { usePageWidth } from './useMedia.ts';
import { usePageState } from './usePageState.ts';
import { usePresentation } from './usePresentation.ts';
import { WorkPage } from './WorkPage.tsx';

const Dialogs = lazy(async () => ({ default: (await import('./Dialogs.tsx')).Dialogs }));
const PresentPage = lazy(async () => ({
  default: (await import('../present/PresentPage.tsx')).PresentPage,
}));

const RecordingPage = lazy(async () => ({
  default: (await import('../recording/RecordingPage.tsx')).RecordingPage,
}));
const RecordingNotices = lazy(async () => ({
  default: (await import('../recording/RecordingNotices.tsx')).RecordingNotices,
}));

interface Props {
  readonly opening: Opening;
}

/** The whole page: one run, what is shown of it, and what the keys do to it. */
export function App({ opening }: Props) {
  const page = usePageState(opening);
  const { state, act, places, dispatch, onLook, onFocus, onTab, onOpen } = page;
  const { dialog, compareAt, open, onHowTo, close } = useDialog();
  const [notesOpen, setNotesOpen] = useState(false);
  const width = usePageWidth();
  const { session, look, previous } = state;
  const { focus } = look;
  const views = useMemo(() => viewsAt(session), [session]);

  const editing = useEditing({ session, onOpen, onTab });
  const onProblem = (notice: string): void => act({ type: 'tell', notice });
  const inputs = useInputs({ onProgram: editing.take, onSource: () => onTab('code'), onProblem });
  const { copied, copyLink } = useLinkCopy({ link: places.link, onRefused: () => open('link'), onProblem });
  const presentation = usePresentation({
    look,
    onPresent: () => onLook(togglePresenting(look)),
    onRefused: onProblem,
  });
  const notes = (): void => setNotesOpen((now) => !now);
  const actions = keyActions({ page, open, turnTheme, editing, notes, copyLink, presentation });
  const isReplaying = useIsRecordingShown() && presentation.staged === undefined;
  useKeys(actions, ({ inRecording }) => !isReplaying && inRecording !== 'only');

  const panel = { session, views, dispatch, focus, onFocus };
  const slot = { ...panel, onLook, onHowTo, density: look.density, onEdit: editing.open };
  const { staged } = presentation;
  return (
    <Printable session={session} views={views} look={look}>
      {inputs.isOver && <DropSheet />}
      <ReadingNotice />
      <PageNotices {...{ places, previous, copied, act }} notice={state.notice} />
      <Suspense>
        <RecordingNotices />
        {isReplaying && <RecordingPage actions={actions} onOpen={onOpen} />}
      </Suspense>
      {isReplaying ? null : staged === undefined ? (
        <WorkPage {...{ page, panel, width, actions, onHowTo, editing, presentation, notesOpen }}>
          <EditingNotices {...{ editing, previous, onOpen }} inTalk={presentation.place !== undefined} />
        </WorkPage>
      ) : (
        <Suspense>
          <PresentPage {...slot} presenting={staged} actions={actions} />
        </Suspense>
      )}
      <TwinSlot view={state} presentation={presentation} onView={(view) => act({ type: 'adopt', view })} />
      <Announcer session={session} views={views} done={copied} />
      <Suspense>
        {dialog && (
          <Dialogs name={dialog} page={page} compareAt={compareAt} onFiles={inputs.open} onClose={close} />
        )}
      </Suspense>
    </Printable>
  );
}
