import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';

import { Button } from './Button.tsx';
import { classes } from './classes.ts';
import { Kbd } from './Kbd.tsx';

interface Props {
  readonly title: string;
  /** `wide`: for tables and lists that want the room. */
  readonly size?: 'plain' | 'wide';
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * A modal dialog near the top of the page. Escape, its button and a click beside it close it. What is marked
 * `data-autofocus` is focused first.
 */
export function Dialog({ title, size = 'plain', onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    // Closing, unlike removing, gives the focus back to where it was.
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={heading}
      // What React does not know by type yet: a click beside the dialog closes it.
      {...{ closedby: 'any' }}
      onClose={onClose}
      className={classes(
        'mx-auto mt-12 max-h-[calc(100dvh-6rem)] overflow-y-auto rounded-sm border border-line-strong bg-panel p-0 text-ink shadow-lg backdrop:bg-ground/60',
        size === 'wide' ? 'w-[min(72rem,calc(100vw-1rem))]' : 'w-[min(44rem,calc(100vw-1rem))]',
      )}
    >
      <header className="sticky top-0 z-10 flex h-10 items-center justify-between border-b border-line bg-panel px-3">
        <h2 id={heading} className="text-sm font-semibold">
          {title}
        </h2>
        <Button tone="quiet" label="Close" onClick={() => dialog.current?.close()}>
          × <Kbd>Esc</Kbd>
        </Button>
      </header>
      {children}
    </dialog>
  );
}
