import { startTransition, useEffect, useState } from 'react';
import type { CodeView, TreeRow } from '#session/code-view.ts';

/** Some rows that follow each other. */
interface Chunk {
  readonly id: number;
  readonly rows: readonly TreeRow[];
  /** In rem, as long as nobody knows better. */
  readonly height: number;
  readonly drawn: boolean;
  /** Where the goal is not: out of view it may cost neither layout nor paint. */
  readonly far: boolean;
}

const rowsOfCode = 8;
const rowHeight = 23 / 16;
/** Rows drawn at once when the operation changes, before the goal and after it. */
const atOnce = { before: 6, after: 18 };

/** Group the shown rows by where they stand in the table, so that a row more or less changes one chunk only. */
function chunksOf(rows: readonly TreeRow[]): readonly (readonly TreeRow[])[] {
  const chunks: TreeRow[][] = [];
  for (const row of rows) (chunks[Math.floor(row.index / rowsOfCode)] ??= []).push(row);
  return chunks;
}

/** Do something once what was rendered is on the screen. */
function afterPaint(work: () => void): () => void {
  let timer: number | undefined;
  const frame = requestAnimationFrame(() => {
    timer = window.setTimeout(work);
  });
  return () => {
    cancelAnimationFrame(frame);
    window.clearTimeout(timer);
  };
}

/** The rows in chunks. Right after a change of the operation only those around the goal are drawn, the others next. */
export function useChunks(
  code: CodeView,
  rows: readonly TreeRow[],
  goal: string | undefined,
): readonly Chunk[] {
  const [settled, setSettled] = useState<CodeView>();
  useEffect(() => afterPaint(() => startTransition(() => setSettled(code))), [code]);
  const at = Math.max(
    0,
    rows.findIndex(({ id }) => id === goal),
  );
  const [from, to] = [
    rows[Math.max(0, at - atOnce.before)],
    rows[Math.min(rows.length - 1, at + atOnce.after)],
  ];
  return chunksOf(rows).map((chunk, id) => {
    const near =
      from !== undefined &&
      to !== undefined &&
      chunk.at(-1)!.index >= from.index &&
      chunk[0]!.index <= to.index;
    return { id, rows: chunk, height: chunk.length * rowHeight, drawn: settled === code || near, far: !near };
  });
}
