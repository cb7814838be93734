import type { ReactNode } from 'react';

import { classes } from './classes.ts';
import type { Place } from './grid-moves.ts';

interface Props {
  /** The accessible name. */
  readonly label: string;
  /** What a pointer reads; the accessible name, where nothing else is said. */
  readonly title?: string;
  readonly place: Place;
  /** It is the one that Tab goes to. */
  readonly isStop: boolean;
  /** Of a field that opens something below its row. */
  readonly isOpen?: boolean;
  readonly onFocus: () => void;
  /** A pointer comes to it. */
  readonly onPoint?: () => void;
  readonly onClick: () => void;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A field of a grid: a button as wide as its column. */
export function GridField({
  label,
  title = label,
  place,
  isStop,
  isOpen,
  onFocus,
  onPoint,
  onClick,
  className,
  children,
}: Props) {
  return (
    <button
      type="button"
      data-row={place.row}
      data-column={place.column}
      tabIndex={isStop ? 0 : -1}
      aria-label={label}
      aria-expanded={isOpen}
      title={title}
      onFocus={onFocus}
      onMouseEnter={onPoint}
      onClick={onClick}
      className={classes(
        'flex h-8 w-full cursor-pointer items-center justify-center gap-0.5 rounded-xs border hover:border-accent',
        isOpen ? 'border-accent' : 'border-transparent',
        className,
      )}
    >
      {children}
    </button>
  );
}
