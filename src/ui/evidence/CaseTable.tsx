import { useMemo } from 'react';

import type { CaseEntry, CaseResult } from '#session/conformance.ts';
import { CaseRow } from './CaseRow.tsx';
import { FieldGrid } from '../shared/FieldGrid.tsx';
import { KernelName } from '../shared/KernelName.tsx';
import { useGrid } from '../shared/useGrid.ts';
import { caseKey } from './useConformance.ts';

interface Props {
  readonly entries: readonly CaseEntry[];
  readonly results: ReadonlyMap<string, CaseResult>;
  readonly onOpen: (name: string, kernel: string) => void;
}

/** How the model fares on each kernel, a letter each: agrees, differs, not run yet, not recorded. */
function faredOf(
  { name, kernels: recorded }: CaseEntry,
  kernels: readonly string[],
  results: Props['results'],
) {
  return kernels
    .map((kernel) => {
      if (!recorded.includes(kernel)) return '-';
      const result = results.get(caseKey(name, kernel));
      return result === undefined ? '.' : result.verdict.problems.length === 0 ? 'a' : 'd';
    })
    .join('');
}

function problemOf({ name, kernels }: CaseEntry, results: Props['results']): string | undefined {
  for (const kernel of kernels) {
    const first = results.get(caseKey(name, kernel))?.verdict.problems[0];
    // The dots that stand for depth say nothing here.
    if (first !== undefined) return `${kernel}: ${first.replaceAll(/ \.+/g, ' ')}`;
  }
  return undefined;
}

/** Show the cases: a row a program, a column a kernel, in each field how the model fares. */
export function CaseTable({ entries, results, onOpen }: Props) {
  const kernels = useMemo(() => [...new Set(entries.flatMap((entry) => entry.kernels))], [entries]);
  const places = useMemo(
    () =>
      entries.flatMap((entry, row) =>
        kernels.flatMap((kernel, column) => (entry.kernels.includes(kernel) ? [{ row, column }] : [])),
      ),
    [entries, kernels],
  );
  const { grid, stop, setActive, onKeyDown } = useGrid(places);
  if (entries.length === 0) return <p className="py-4 text-ink-3">No case is like that.</p>;
  return (
    <FieldGrid label="Recorded cases" ref={grid} onKeyDown={onKeyDown} className="table-fixed">
      <Head kernels={kernels} />
      <tbody>
        {entries.map((entry, row) => (
          <CaseRow
            key={entry.name}
            entry={entry}
            row={row}
            kernels={kernels}
            fared={faredOf(entry, kernels, results)}
            problem={problemOf(entry, results)}
            stop={stop?.row === row ? stop.column : undefined}
            onFocus={setActive}
            onOpen={onOpen}
          />
        ))}
      </tbody>
    </FieldGrid>
  );
}

function Head({ kernels }: { readonly kernels: readonly string[] }) {
  return (
    <thead>
      <tr>
        <th
          scope="col"
          className="sticky top-10 z-5 border-b border-line bg-panel py-1 text-left align-bottom text-2xs font-semibold"
        >
          Program
        </th>
        {kernels.map((id) => (
          <th
            key={id}
            scope="col"
            className="sticky top-10 z-5 w-11 border-b border-line bg-panel py-1 align-bottom font-mono text-2xs leading-[0.8125rem] font-semibold max-sm:tracking-tighter sm:w-16"
          >
            <KernelName id={id} />
          </th>
        ))}
      </tr>
    </thead>
  );
}
