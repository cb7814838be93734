import type { KeyboardEventHandler, ReactNode, Ref } from 'react';

interface Props {
  readonly label: string;
  readonly ref: Ref<HTMLTableElement>;
  readonly onKeyDown: KeyboardEventHandler<HTMLElement>;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A table whose fields are reached by the arrow keys: see `useGrid()`. */
export function FieldGrid({ label, ref, onKeyDown, className = '', children }: Props) {
  return (
    <table
      ref={ref}
      // The fields of a grid are reached by the arrow keys; a plain table has no such keys.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
      role="grid"
      aria-label={label}
      onKeyDown={onKeyDown}
      className={`w-full border-separate border-spacing-0 ${className}`}
    >
      {children}
    </table>
  );
}
