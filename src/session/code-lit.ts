import type { Cursor } from './session.ts';
import { above, type CodeView, type TreeRow } from './code-view.ts';

/** A cursor inside the operation, on the rows of its table. */
export interface Reached {
  /** For each kernel how many of its micro-steps are done. */
  readonly done: readonly number[];
  /** For each kernel the row that it did last. */
  readonly at: readonly (TreeRow | undefined)[];
}

/** How far each kernel is in the operation; undefined where all of it is done. */
export function reachedAt({ columns, rows }: CodeView, { micro }: Cursor): Reached | undefined {
  if (micro === undefined) return undefined;
  const done = columns.map(({ made }) => Math.min(micro, made?.moments.length ?? 0));
  return {
    done,
    at: done.map((count, column) => rows.find(({ cells }) => cells[column]?.micro === count - 1)),
  };
}

/** For each kernel the shown row that has the last one done: itself, or what it is folded into. */
export function markedRows(
  rows: readonly TreeRow[],
  reached: Reached | undefined,
  shown: ReadonlySet<TreeRow>,
): readonly (TreeRow | undefined)[] {
  return (reached?.at ?? []).map((row) => row && [row, ...above(rows, row)].find((one) => shown.has(one)));
}

/** How a row's cells stand to the cursor, a letter each: `.` all is done, `p` before it, `n` at it, `l` after it. */
export function litOf(
  row: TreeRow,
  reached: Reached | undefined,
  marked: readonly (TreeRow | undefined)[],
): string {
  if (!reached) return '';
  return row.cells
    .map((cell, column) => {
      if (cell?.micro === undefined) return '.';
      if (marked[column] === row) return 'n';
      return cell.micro < reached.done[column]! ? 'p' : 'l';
    })
    .join('');
}
