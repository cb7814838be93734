import { densities, type Density } from '#session/page-look.ts';

interface Props {
  readonly density: Density;
  readonly onDensity: (density: Density) => void;
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly shown: number;
  readonly total: number;
}

const labels: Readonly<Record<Density, string>> = {
  all: 'All nodes',
  decisions: 'Tests and effects',
  functions: 'Functions only',
  differences: 'Differences only',
};

const field = 'h-6 min-w-0 rounded border border-line-strong bg-panel px-1.5 text-xs text-ink';

/** Choose how much of the call tree is shown. */
export function CodeControls({ density, onDensity, search, onSearch, shown, total }: Props) {
  return (
    <div className="offstage flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-2 py-1.5 text-xs text-ink-2">
      <label className="flex items-center gap-1.5">
        Show
        <select
          className={field}
          value={density}
          onChange={(event) => onDensity(densities.find((one) => one === event.target.value) ?? 'decisions')}
        >
          {densities.map((one) => (
            <option key={one} value={one}>
              {labels[one]}
            </option>
          ))}
        </select>
      </label>
      <input
        type="search"
        aria-label="Find in the call tree"
        placeholder="Find a function or test"
        className={`${field} flex-1 basis-32 placeholder:text-ink-3`}
        value={search}
        onChange={(event) => onSearch(event.target.value)}
      />
      <span className="text-2xs text-ink-3 tabular-nums">
        {shown} of {total} rows
      </span>
    </div>
  );
}
