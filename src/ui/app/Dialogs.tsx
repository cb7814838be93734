import { lazy, Suspense } from 'react';

import type { CompareStart } from '../compare/start.ts';
import { OpenDialog } from '../inputs/OpenDialog.tsx';
import { Overview } from '../present/Overview.tsx';
import { BranchDialog } from './BranchDialog.tsx';
import { KernelDialog } from './KernelDialog.tsx';
import type { DialogName } from './keys.ts';
import { KeySheet } from './KeySheet.tsx';
import { LinkDialog } from './LinkDialog.tsx';
import { ScenarioDialog } from './ScenarioDialog.tsx';
import type { PageState } from './usePageState.ts';

const ConformanceDialog = lazy(async () => ({
  default: (await import('../evidence/ConformanceDialog.tsx')).ConformanceDialog,
}));

const SettingsDialog = lazy(async () => ({
  default: (await import('../settings/SettingsDialog.tsx')).SettingsDialog,
}));

const CompareDialog = lazy(async () => ({
  default: (await import('../compare/CompareDialog.tsx')).CompareDialog,
}));

const ShareDialog = lazy(async () => ({
  default: (await import('../share/ShareDialog.tsx')).ShareDialog,
}));

interface Props {
  readonly name: DialogName;
  readonly page: PageState;
  readonly compareAt: CompareStart;
  /** Files were chosen to be opened. */
  readonly onFiles: (files: readonly File[]) => void;
  readonly onClose: () => void;
}

/** The dialogs of the page, loaded when the first one opens. */
export function Dialogs({ name, page, compareAt, onFiles, onClose }: Props) {
  const { dispatch, onMove, onStop, onOpen } = page;
  const { session, look, previous } = page.state;
  const { focus } = look;
  switch (name) {
    case 'overview':
      return (
        <Overview
          session={session}
          kernel={session.kernels[focus] ?? ''}
          onStop={onStop}
          onMove={onMove}
          onClose={onClose}
        />
      );
    case 'scenarios':
      return <ScenarioDialog session={session} previous={previous} onOpen={onOpen} onClose={onClose} />;
    case 'kernels':
      return <KernelDialog session={session} dispatch={dispatch} onClose={onClose} />;
    case 'branch':
      return <BranchDialog session={session} dispatch={dispatch} onClose={onClose} />;
    case 'evidence':
      return (
        <Suspense>
          <ConformanceDialog onOpen={onOpen} onClose={onClose} />
        </Suspense>
      );
    case 'compare':
      return (
        <Suspense>
          <CompareDialog
            session={session}
            focus={look.focus}
            start={compareAt}
            dispatch={dispatch}
            onOpen={onOpen}
            onClose={onClose}
          />
        </Suspense>
      );
    case 'share':
      return (
        <Suspense>
          <ShareDialog session={session} look={look} onClose={onClose} />
        </Suspense>
      );
    case 'link':
      return <LinkDialog session={session} look={look} onClose={onClose} />;
    case 'settings':
      return (
        <Suspense>
          <SettingsDialog onClose={onClose} />
        </Suspense>
      );
    case 'open':
      return <OpenDialog onFiles={onFiles} onClose={onClose} />;
    case 'keys':
      return <KeySheet onClose={onClose} />;
  }
}
