import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  /** Stands at the right of the title bar. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  /** Stays below what scrolls. */
  readonly footer?: ReactNode;
}

/** A panel: a slim title bar, and below it what scrolls. */
export function PanelFrame({ title, aside, children, footer }: Props) {
  return (
    <section aria-label={title} className="flex h-full min-h-0 min-w-0 flex-col bg-panel">
      <header className="flex h-6.5 shrink-0 items-center justify-between gap-2 border-b border-line px-2">
        <h2 className="truncate text-xs font-semibold text-ink-2">{title}</h2>
        {aside}
      </header>
      <div className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto">{children}</div>
      {footer}
    </section>
  );
}
