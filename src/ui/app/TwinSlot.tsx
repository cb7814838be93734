import { lazy, Suspense } from 'react';

import type { PageView } from '#session/page-look.ts';
import type { Presentation } from './usePresentation.ts';

const Twin = lazy(async () => ({ default: (await import('../present/Twin.tsx')).Twin }));

interface Props {
  readonly view: PageView;
  readonly presentation: Presentation;
  readonly onView: (view: PageView) => void;
}

/** Keep this window and the other one of the talk at one run; nothing, where there is no talk. */
export function TwinSlot({ view, presentation: { place, setPartner }, onView }: Props) {
  return place ? (
    <Suspense>
      <Twin place={place} view={view} onView={onView} onPartner={setPartner} />
    </Suspense>
  ) : null;
}
