import { useEffect } from 'react';

import { writeStored } from '#browser/storage.ts';
import type { PageView } from '#session/page-look.ts';
import { viewText } from '#session/stored.ts';
import { sessionKey } from './opening.ts';

const quiet = 300;

/** Keep the run in the browser: once the visitor pauses, and when the page goes away. */
export function usePersistence({ session, look }: PageView): void {
  useEffect(() => {
    const save = (): void => void writeStored(sessionKey, viewText({ session, look }));
    const timer = setTimeout(save, quiet);
    addEventListener('pagehide', save);
    return () => {
      clearTimeout(timer);
      removeEventListener('pagehide', save);
    };
  }, [session, look]);
}
