import { useSyncExternalStore } from 'react';

import { newVersion } from '#browser/updates.ts';
import { Notice } from './Notice.tsx';

/** Say that a newer version can be had. The page never reloads by itself: somebody may be presenting. */
export function UpdateNotice() {
  if (!useSyncExternalStore(newVersion.subscribe, newVersion.isReady)) return null;
  return (
    <Notice action={{ label: 'Reload', onClick: newVersion.open }} onDismiss={newVersion.putOff}>
      A new version is ready. Reload to open it: your run stays where it is.
    </Notice>
  );
}
