import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

import { onPrint } from '#browser/printing.ts';

/** Whether the page is being printed, by whatever means. */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  // The browser takes the page as it is when the listener returns.
  useEffect(
    () =>
      onPrint(
        () => flushSync(() => setPrinting(true)),
        () => setPrinting(false),
      ),
    [],
  );
  return printing;
}
