import { useState } from 'react';
import type { About } from '#program/talk.ts';
import { aboutRow } from '#session/code-about.ts';
import { comparisons, firstParting, partingRows } from '#session/code-partings.ts';
import { above, type CodeView, type TreeRow } from '#session/code-view.ts';

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
  /** What of it a talk pointed out last. */
  readonly about: About | undefined;
  /** The row of that, by id. */
  readonly pointed: string | undefined;
  /** Keys of the rows that the hunk which the visitor chose last ties to. */
  readonly hunkRows: ReadonlySet<string>;
  /** Rows that the visitor folded or unfolded, by id. */
  readonly folds: ReadonlyMap<string, boolean>;
  readonly active: string | undefined;
  readonly open: string | undefined;
  readonly goal: Goal;
}

function firstLook(
  code: CodeView,
  focus: number,
  turn: number,
  about: About | undefined,
  hunkRows: ReadonlySet<string>,
): Look {
  const pointed = aboutRow(code, about);
  const index = pointed ?? firstParting(partingRows(comparisons(code, focus)));
  const row = index === undefined ? undefined : code.rows[index];
  return {
    of: code,
    turn,
    about,
    pointed: pointed === undefined ? undefined : row?.id,
    hunkRows,
    folds: new Map([...(row && about ? unfolded(code, row) : []), ...unfoldedAll(code, hunkRows)]),
    active: row?.id,
    open: undefined,
    goal: { id: row?.id, focus: false },
  };
}

/** The folds that a row needs to be seen. */
function unfolded({ rows }: CodeView, row: TreeRow): ReadonlyMap<string, boolean> {
  return new Map(above(rows, row).map(({ id }) => [id, false] as const));
}

const tiedRows = ({ rows }: CodeView, keys: ReadonlySet<string>): readonly TreeRow[] =>
  keys.size === 0 ? [] : rows.filter(({ key }) => keys.has(key));

/** The folds that the rows of a hunk need to be seen. */
function unfoldedAll(code: CodeView, keys: ReadonlySet<string>): ReadonlyMap<string, boolean> {
  return new Map(tiedRows(code, keys).flatMap((row) => [...unfolded(code, row)]));
}

/** The look with the rows of a hunk in view; the keys stay where they are. */
function withHunk(code: CodeView, look: Look, hunkRows: ReadonlySet<string>): Look {
  const [row] = tiedRows(code, hunkRows);
  if (!row) return { ...look, hunkRows };
  const folds = new Map([...look.folds, ...unfoldedAll(code, hunkRows)]);
  return { ...look, hunkRows, folds, active: row.id, goal: { id: row.id, focus: false } };
}

/** The look at the table, anew for every operation and for everything that a talk or a hunk points out in it. */
export function useLook(
  code: CodeView,
  focus: number,
  about: About | undefined,
  hunkRows: ReadonlySet<string>,
): readonly [Look, (change: Partial<Look>) => void] {
  const [kept, setLook] = useState<Look>(() => firstLook(code, focus, 0, about, hunkRows));
  let look = kept;
  if (look.of !== code || (about !== undefined && about !== look.about)) {
    look = firstLook(code, focus, kept.turn + 1, about, hunkRows);
    setLook(look);
  } else if (look.hunkRows !== hunkRows) {
    look = withHunk(code, look, hunkRows);
    setLook(look);
  }
  return [look, (change) => setLook((now) => ({ ...now, ...change }))];
}

/** The look with a row in view, unfolded, and with the keys on it. */
export function lookAt(code: CodeView, { folds }: Look, index: number): Partial<Look> {
  const row = code.rows[index];
  if (!row) return {};
  return {
    folds: new Map([...folds, ...unfolded(code, row)]),
    active: row.id,
    goal: { id: row.id, focus: true },
  };
}
