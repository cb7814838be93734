import { useEffect } from 'react';

import { writeStored } from '#browser/storage.ts';
import type { Session } from '#session/session.ts';
import { sessionText } from '#session/stored.ts';
import { sessionKey } from './opening.ts';

const quiet = 300;

/** Keep the run in the browser: once the visitor pauses, and when the page goes away. */
export function usePersistence(session: Session): void {
  useEffect(() => {
    const save = (): void => void writeStored(sessionKey, sessionText(session));
    const timer = setTimeout(save, quiet);
    addEventListener('pagehide', save);
    return () => {
      clearTimeout(timer);
      removeEventListener('pagehide', save);
    };
  }, [session]);
}
