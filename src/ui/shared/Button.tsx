import type { MouseEventHandler, ReactNode, Ref } from 'react';

import { classes } from './classes.ts';
import { useShortcuts } from '../settings/single-keys.ts';

interface Props {
  readonly children: ReactNode;
  readonly onClick: MouseEventHandler<HTMLButtonElement>;
  /** The accessible name, where the text alone does not say it. */
  readonly label?: string;
  readonly title?: string;
  /** Of a toggle: whether it is on. */
  readonly pressed?: boolean;
  /** Nothing would come of it now. It stays focusable and says so. */
  readonly off?: boolean;
  readonly shortcuts?: string;
  readonly tone?: 'plain' | 'primary' | 'quiet';
  readonly opens?: 'dialog';
  /** In a dialog: it is focused first. */
  readonly first?: boolean;
  readonly className?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

const tones = {
  plain: 'border-line bg-panel text-ink hover:border-line-strong hover:bg-raised',
  primary: 'border-accent bg-accent-ground text-accent hover:border-ink-2',
  quiet: 'border-transparent text-ink-2 hover:bg-raised hover:text-ink',
} as const;

/** A button of the page: 28 px high, one line. */
export function Button({
  children,
  onClick,
  label,
  title,
  pressed,
  off = false,
  shortcuts,
  tone = 'plain',
  opens,
  first = false,
  className,
  ref,
}: Props) {
  const working = useShortcuts(shortcuts);
  return (
    <button
      ref={ref}
      type="button"
      data-autofocus={first || undefined}
      aria-label={label}
      aria-pressed={pressed}
      aria-disabled={off || undefined}
      aria-keyshortcuts={working}
      aria-haspopup={opens}
      title={title}
      onClick={off ? undefined : onClick}
      className={classes(
        'inline-flex h-7 shrink-0 items-center gap-1.5 rounded-sm border px-2 text-xs whitespace-nowrap',
        pressed === true ? 'border-accent bg-accent-ground text-accent' : tones[tone],
        off ? 'cursor-default border-dashed! text-ink-3! hover:bg-transparent' : 'cursor-pointer',
        className,
      )}
    >
      {children}
    </button>
  );
}
