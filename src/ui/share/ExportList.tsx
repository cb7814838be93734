import { useId } from 'react';

import { exportGroups, exportTable, type ExportEntry } from './exports.ts';

interface Props {
  readonly chosen: ExportEntry;
  readonly onChoose: (entry: ExportEntry) => void;
}

/** What there is to hand on, by group: one of all is chosen. */
export function ExportList({ chosen, onChoose }: Props) {
  const name = useId();
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-2 border-line p-2 max-md:border-b md:w-44 md:shrink-0 md:flex-col md:border-r">
      {exportGroups.map((group) => (
        <fieldset key={group} className="flex min-w-0 flex-wrap gap-0.5 md:flex-col">
          <legend className="px-1 pb-0.5 text-2xs text-ink-3">{group}</legend>
          {exportTable
            .filter((entry) => entry.group === group)
            .map((entry) => (
              <label
                key={entry.id}
                className="flex min-h-7 cursor-pointer items-center gap-1.5 rounded-sm border border-transparent px-1.5 text-xs hover:bg-raised has-checked:border-accent has-checked:bg-accent-ground has-checked:text-accent"
              >
                <input
                  type="radio"
                  name={name}
                  checked={entry === chosen}
                  data-autofocus={entry === chosen || undefined}
                  onChange={() => onChoose(entry)}
                  className="size-3 accent-accent"
                />
                {entry.title}
              </label>
            ))}
        </fieldset>
      ))}
    </div>
  );
}
