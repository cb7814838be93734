import { useId, type KeyboardEvent, type ReactNode } from 'react';

import { classes } from './classes.ts';

interface Tab<Id extends string> {
  readonly id: Id;
  readonly title: string;
  readonly content: ReactNode;
}

interface Props<Id extends string> {
  readonly label?: string;
  readonly tabs: readonly Tab<Id>[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
}

/** Show one of several panels, with a row of tabs to choose it. */
export function Tabs<Id extends string>({ label = 'Panels', tabs, selected, onSelect }: Props<Id>) {
  const prefix = useId();
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const at = tabs.findIndex(({ id }) => id === selected);
    const next = tabs[(at + by + tabs.length) % tabs.length];
    if (!next) return;
    onSelect(next.id);
    document.getElementById(`${prefix}tab-${next.id}`)?.focus();
  };
  return (
    <div className="flex size-full min-h-0 flex-col">
      <div role="tablist" aria-label={label} className="flex h-9 shrink-0 border-b border-line bg-panel">
        {tabs.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`${prefix}tab-${id}`}
            aria-selected={id === selected}
            aria-controls={id === selected ? `${prefix}panel-${id}` : undefined}
            tabIndex={id === selected ? 0 : -1}
            onClick={() => onSelect(id)}
            onKeyDown={onKeyDown}
            className={classes(
              'flex-1 cursor-pointer border-b-2 text-xs',
              id === selected ? 'border-accent font-semibold text-ink' : 'border-transparent text-ink-2',
            )}
          >
            {title}
          </button>
        ))}
      </div>
      {tabs
        .filter(({ id }) => id === selected)
        .map(({ id, content }) => (
          <div
            key={id}
            role="tabpanel"
            id={`${prefix}panel-${id}`}
            aria-labelledby={`${prefix}tab-${id}`}
            className="min-h-0 flex-1"
          >
            {content}
          </div>
        ))}
    </div>
  );
}
