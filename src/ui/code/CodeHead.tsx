interface Props {
  readonly kernels: readonly string[];
  readonly focus: number;
  readonly onFocus: (column: number) => void;
}

/** Name the columns; a kernel's name makes it the one that the others are held against. */
export function CodeHead({ kernels, focus, onFocus }: Props) {
  return (
    <div role="rowgroup" data-head className="sticky top-0 z-10 border-b border-line bg-panel">
      <div role="row" className="flex items-end">
        <div
          role="columnheader"
          className="flex min-w-0 flex-1 flex-wrap justify-between gap-x-3 self-stretch border-r border-line px-2 py-1 text-2xs text-ink-3 items-end"
        >
          Call tree<span className="hidden md:inline">Enter: details · ← →: fold</span>
        </div>
        {kernels.map((id, column) => (
          <div key={id} role="columnheader" className="w-(--column) shrink-0 self-stretch">
            <button
              type="button"
              aria-pressed={column === focus}
              title={`Hold the other kernels against ${id}`}
              className={`flex h-full w-full flex-col justify-end border-b-2 px-0.5 py-1 text-center font-mono text-2xs leading-[1.2] [overflow-wrap:anywhere] hover:bg-accent-ground ${
                column === focus ? 'border-accent font-bold text-ink' : 'border-transparent text-ink-2'
              }`}
              onClick={() => onFocus(column)}
            >
              {id.split(/(?=\+)/).map((part) => (
                <span key={part}>{part}</span>
              ))}
            </button>
          </div>
        ))}
      </div>
    </div>
  );
}
