import { useSyncExternalStore } from 'react';

import { mediaStore } from '#browser/media.ts';

const wide = mediaStore('(min-width: 1280px)');
const medium = mediaStore('(min-width: 768px)');

export type PageWidth = 'narrow' | 'medium' | 'wide';

/** How much of the page fits side by side. */
export function usePageWidth(): PageWidth {
  const isWide = useSyncExternalStore(wide.subscribe, wide.matches);
  const isMedium = useSyncExternalStore(medium.subscribe, medium.matches);
  return isWide ? 'wide' : isMedium ? 'medium' : 'narrow';
}
