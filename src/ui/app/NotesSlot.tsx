import { lazy, Suspense } from 'react';

import type { NotesProps } from '../notes/NotesSheet.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';

const NotesSheet = lazy(async () => ({ default: (await import('../notes/NotesSheet.tsx')).NotesSheet }));

/** The notes, beside what they are about; loaded when they are first opened. */
export function NotesSlot(props: NotesProps) {
  return (
    <div className="absolute inset-y-0 left-0 z-40 w-[min(27rem,100%)] border-r border-line-strong bg-panel shadow-lg max-md:border-r-0">
      <ErrorBoundary title="Notes">
        <Suspense fallback={<div className="h-full bg-panel" />}>
          <NotesSheet {...props} />
        </Suspense>
      </ErrorBoundary>
    </div>
  );
}
