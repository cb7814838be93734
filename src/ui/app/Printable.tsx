import type { ReactNode } from 'react';

import type { HandoutProps } from '../print/Handout.tsx';
import { handoutOf } from '../print/loading.ts';
import { classes } from '../shared/classes.ts';
import { usePrinting } from './usePrinting.ts';

interface Props extends HandoutProps {
  readonly children: ReactNode;
}

/** The page on the screen, and in its place the handout while it is printed. */
export function Printable({ children, ...shown }: Props) {
  const printing = usePrinting();
  const handout = printing ? handoutOf(shown) : undefined;
  return (
    <>
      <div className={classes('flex h-dvh min-w-0 flex-col', handout !== undefined && 'print:hidden')}>
        {children}
      </div>
      {handout}
    </>
  );
}
