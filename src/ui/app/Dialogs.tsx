import { lazy, Suspense } from 'react';

import type { Session } from '#session/session.ts';
import type { CompareStart } from '../compare/start.ts';
import type { Dispatch } from '../panels.ts';
import { BranchDialog } from './BranchDialog.tsx';
import { KernelDialog } from './KernelDialog.tsx';
import type { DialogName } from './keys.ts';
import { KeySheet } from './KeySheet.tsx';
import { ScenarioDialog } from './ScenarioDialog.tsx';

const ConformanceDialog = lazy(async () => ({
  default: (await import('../evidence/ConformanceDialog.tsx')).ConformanceDialog,
}));

const SettingsDialog = lazy(async () => ({
  default: (await import('../settings/SettingsDialog.tsx')).SettingsDialog,
}));

const CompareDialog = lazy(async () => ({
  default: (await import('../compare/CompareDialog.tsx')).CompareDialog,
}));

interface Props {
  readonly name: DialogName;
  readonly session: Session;
  readonly focus: number;
  readonly compareAt: CompareStart;
  readonly previous: Session | undefined;
  readonly dispatch: Dispatch;
  /** Another run instead of this one. */
  readonly onOpen: (session: Session) => void;
  readonly onClose: () => void;
}

/** The dialogs of the page, loaded when the first one opens. */
export function Dialogs({ name, session, focus, compareAt, previous, dispatch, onOpen, onClose }: Props) {
  switch (name) {
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
            focus={focus}
            start={compareAt}
            dispatch={dispatch}
            onOpen={onOpen}
            onClose={onClose}
          />
        </Suspense>
      );
    case 'settings':
      return (
        <Suspense>
          <SettingsDialog onClose={onClose} />
        </Suspense>
      );
    case 'keys':
      return <KeySheet onClose={onClose} />;
  }
}
