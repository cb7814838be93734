import { useCallback, useState } from 'react';

import type { CompareStart } from '../compare/start.ts';
import type { DialogName } from './keys.ts';

const compareFirst: CompareStart = { tab: 'diff' };

/** Which dialog is open, and where the one that has several views opens. */
export function useDialog() {
  const [dialog, setDialog] = useState<DialogName>();
  const [compareAt, setCompareAt] = useState(compareFirst);
  const onHowTo = useCallback((goal: NonNullable<CompareStart['goal']>) => {
    setCompareAt({ tab: 'reach', goal });
    setDialog('compare');
  }, []);
  const close = useCallback(() => {
    setDialog(undefined);
    setCompareAt(compareFirst);
  }, []);
  return { dialog, compareAt, open: setDialog, onHowTo, close };
}
