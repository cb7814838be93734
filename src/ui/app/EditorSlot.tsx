import { lazy, Suspense } from 'react';

import type { Session } from '#session/session.ts';
import { programNow } from '#session/what-if.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import type { Editing } from './useEditing.ts';

const ProgramEditor = lazy(async () => ({
  default: (await import('../editor/ProgramEditor.tsx')).ProgramEditor,
}));

interface Props {
  readonly editing: Editing;
  readonly session: Session;
}

/** The program editor, loaded when it is first opened. */
export function EditorSlot({ editing, session }: Props) {
  return (
    <ErrorBoundary title="Program editor">
      <Suspense fallback={<div className="h-full bg-panel" />}>
        <ProgramEditor
          key={`${editing.arrival?.count ?? 0} ${editing.key}`}
          program={programNow(session)}
          draft={editing.draft}
          message={editing.arrival?.message}
          onDraft={editing.keep}
          onApply={editing.apply}
          onCancel={editing.close}
        />
      </Suspense>
    </ErrorBoundary>
  );
}
