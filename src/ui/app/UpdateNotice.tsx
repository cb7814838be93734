import { useState, useSyncExternalStore } from 'react';

import { newVersion, openNewVersion } from '#browser/updates.ts';
import { Notice } from './Notice.tsx';

/** Say that a newer version can be had. The page never reloads by itself: somebody may be presenting. */
export function UpdateNotice() {
  const isReady = useSyncExternalStore(newVersion.subscribe, newVersion.isReady);
  const [isDismissed, setDismissed] = useState(false);
  if (!isReady || isDismissed) return null;
  return (
    <Notice action={{ label: 'Reload', onClick: openNewVersion }} onDismiss={() => setDismissed(true)}>
      A new version is ready. Reload to open it: your run stays where it is.
    </Notice>
  );
}
