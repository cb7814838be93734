import { useEffect, useState, type ComponentType } from 'react';
import { flushSync } from 'react-dom';

import { onPrint } from '#browser/printing.ts';
import type { HandoutProps } from '../print/Handout.tsx';
import { loadedHandout } from '../print/loading.ts';

/** The handout while the page is printed, by whatever means; undefined else. */
export function usePrinting(): ComponentType<HandoutProps> | undefined {
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
  return printing ? loadedHandout() : undefined;
}
