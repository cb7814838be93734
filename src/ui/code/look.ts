import { useState } from 'react';
import { comparisons, firstParting, partingRows } from '#session/code-partings.ts';
import { above, type CodeView } from '#session/code-view.ts';

/** A row to bring into view; a new value asks again. */
export interface Goal {
  readonly id: string | undefined;
  /** Whether it also takes the keys. */
  readonly focus: boolean;
}

/** What the visitor did to the table of one operation. */
export interface Look {
  readonly of: CodeView;
  /** Counts the tables: rows of another one are drawn anew, which is quicker than turning one into the other. */
  readonly turn: number;
  /** Rows that the visitor folded or unfolded, by id. */
  readonly folds: ReadonlyMap<string, boolean>;
  readonly active: string | undefined;
  readonly open: string | undefined;
  readonly goal: Goal;
}

function firstLook(code: CodeView, focus: number, turn: number): Look {
  const row = firstParting(partingRows(comparisons(code, focus)));
  const id = row === undefined ? undefined : code.rows[row]?.id;
  return { of: code, turn, folds: new Map(), active: id, open: undefined, goal: { id, focus: false } };
}

/** The look at the table, anew for every operation. */
export function useLook(code: CodeView, focus: number): readonly [Look, (change: Partial<Look>) => void] {
  const [kept, setLook] = useState<Look>(() => firstLook(code, focus, 0));
  let look = kept;
  if (look.of !== code) {
    look = firstLook(code, focus, kept.turn + 1);
    setLook(look);
  }
  return [look, (change) => setLook((now) => ({ ...now, ...change }))];
}

/** The look with a row in view, unfolded, and with the keys on it. */
export function lookAt({ rows }: CodeView, { folds }: Look, index: number): Partial<Look> {
  const row = rows[index];
  if (!row) return {};
  const opened = above(rows, row).map(({ id }) => [id, false] as const);
  return { folds: new Map([...folds, ...opened]), active: row.id, goal: { id: row.id, focus: true } };
}
