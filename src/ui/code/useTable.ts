import { useMemo } from 'react';
import { foldedAtFirst } from '#session/code-folding.ts';
import { markedRows, reachedAt, type Reached } from '#session/code-lit.ts';
import {
  comparisons,
  partingRows,
  spokenOf,
  type Comparison,
  type PartingRow,
} from '#session/code-partings.ts';
import { shownRows, type CodeView, type ShownRows, type TreeRow } from '#session/code-view.ts';
import type { Density } from '#session/page-look.ts';
import type { Cursor } from '#session/session.ts';

interface Chosen {
  /** Rows that the visitor folded or unfolded, by id. */
  readonly folds: ReadonlyMap<string, boolean>;
  readonly density: Density;
  readonly search: string;
  /** Keys of rows that stay in sight. */
  readonly hunkRows: ReadonlySet<string>;
}

/** What the table of an operation shows now. */
export interface Table {
  readonly compared: readonly Comparison[];
  readonly partings: ReadonlyMap<number, PartingRow>;
  readonly folded: ReadonlySet<string>;
  readonly shown: ShownRows;
  readonly reached: Reached | undefined;
  /** For each kernel the row that the cursor inside the operation marks. */
  readonly marked: readonly (TreeRow | undefined)[];
}

function foldedNow(code: CodeView, folds: ReadonlyMap<string, boolean>): ReadonlySet<string> {
  const folded = new Set(foldedAtFirst(code));
  for (const [id, fold] of folds) {
    if (fold) folded.add(id);
    else folded.delete(id);
  }
  return folded;
}

/** Work out what to show of an operation; each part anew only when what it hangs on changed. */
export function useTable(
  code: CodeView,
  cursor: Cursor,
  focus: number,
  { folds, density, search, hunkRows }: Chosen,
): Table {
  const compared = comparisons(code, focus);
  const partings = useMemo(() => partingRows(compared), [compared]);
  const folded = useMemo(() => foldedNow(code, folds), [code, folds]);
  const reached = useMemo(() => reachedAt(code, cursor), [code, cursor]);
  const here = (reached?.at[focus] ?? reached?.at[0])?.index;
  const shown = useMemo(() => {
    const keep = new Set(spokenOf(compared));
    if (here !== undefined) keep.add(here);
    for (const { key, index } of code.rows) if (hunkRows.has(key)) keep.add(index);
    return shownRows(code.rows, { density, folded, search, keep });
  }, [code, density, folded, search, compared, here, hunkRows]);
  const marked = useMemo(() => markedRows(code.rows, reached, new Set(shown.rows)), [code, reached, shown]);
  return { compared, partings, folded, shown, reached, marked };
}
