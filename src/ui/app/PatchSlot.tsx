import { lazy, Suspense } from 'react';

import type { Session } from '#session/session.ts';
import { closePatches, showSheet, usePatches } from '../patch/store.ts';
import { Button } from '../shared/Button.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import type { PageWidth } from './useMedia.ts';

const PatchSheet = lazy(async () => ({ default: (await import('../patch/PatchSheet.tsx')).PatchSheet }));

interface Props {
  readonly width: PageWidth;
  /** Another run instead of this one. */
  readonly onOpen: (session: Session) => void;
}

/** The patches that were opened, over the left column: the code that they change stays in sight. */
export function PatchSlot({ width, onOpen }: Props) {
  const open = usePatches();
  if (!open) return null;
  if (!open.shown) {
    return (
      <div
        role="group"
        aria-label="Open patches"
        className="absolute bottom-2 left-2 z-40 flex max-w-[calc(100%-1rem)] gap-1 rounded-sm border border-line-strong bg-panel p-1 shadow-lg"
      >
        <Button onClick={() => showSheet(true)} className="min-w-0 shrink!">
          <span className="truncate">Patches: {open.set.name}</span>
        </Button>
        <Button tone="quiet" label="Close the patches" onClick={closePatches}>
          ×
        </Button>
      </div>
    );
  }
  const openRun = (session: Session): void => {
    onOpen(session);
    // There the sheet covers the whole page.
    if (width === 'narrow') showSheet(false);
  };
  return (
    <div className="absolute inset-y-0 left-0 z-40 w-[min(40rem,100%)] border-r border-line-strong bg-panel shadow-lg max-md:fixed max-md:w-full max-md:border-r-0">
      <ErrorBoundary title="Patches">
        <Suspense fallback={<div className="h-full bg-panel" />}>
          <PatchSheet key={open.set.name} open={open} onOpen={openRun} />
        </Suspense>
      </ErrorBoundary>
    </div>
  );
}
