import type { Kernel } from '#kvm/kernel.ts';
import type { StepRun } from '#program/runner.ts';
import { codeTable, type Cell, type CodeRow } from './code-rows.ts';
import type { Derived, View } from './derive.ts';
import { marksOf, type RowMark } from './patch-marks.ts';
import type { Density } from './page-look.ts';

/** The call tree of the operation at the cursor as the panel shows it, and what of it is shown. */

/** One kernel of the table. */
export interface CodeColumn {
  readonly id: string;
  readonly kernel: Kernel;
  readonly made: StepRun | undefined;
  readonly idle: string | undefined;
}

/** A row with its place in the tree. */
export interface TreeRow extends CodeRow {
  /** Unique in the table, and the same again in a table of the same code. */
  readonly id: string;
  readonly index: number;
  readonly parent: number | undefined;
  /** The function that a function row enters, or would have entered; of every other row undefined. */
  readonly callee: string | undefined;
  readonly marks: readonly RowMark[];
  /** The marks that the row above it in the tree does not bear already. */
  readonly newMarks: readonly RowMark[];
  /** Some kernel ran it. */
  readonly ran: boolean;
  /** The kernels that moved do not fare alike in it. */
  readonly differs: boolean;
}

/** The table of one operation. */
export interface CodeView {
  readonly columns: readonly CodeColumn[];
  readonly rows: readonly TreeRow[];
}

function calleeOf(row: CodeRow): string | undefined {
  if (row.kind !== 'function') return undefined;
  const run = row.cells.find((cell) => cell?.run)?.run;
  if (run?.kind === 'call') return run.fn.name;
  return row.node?.kind === 'call' ? row.node.fn : undefined;
}

const fared = (row: CodeRow, cell: Cell | undefined): string =>
  cell?.state !== 'ran' ? '' : row.kind === 'test' ? `ran ${cell.value}` : 'ran';

/** The row that a row stands under: a test or a call of the function that has it in its code. */
function parentOf(rows: readonly TreeRow[], row: CodeRow): number | undefined {
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const outer = rows[index]!;
    if (outer.depth >= row.depth) continue;
    if (outer.kind === 'function' ? outer.callee === row.owner : outer.owner === row.owner) return index;
  }
  return undefined;
}

const sameMark = (left: RowMark, right: RowMark): boolean =>
  left.patch === right.patch && left.sign === right.sign && left.moved === right.moved;

function treeRows(rows: readonly CodeRow[], columns: readonly CodeColumn[]): readonly TreeRow[] {
  const kernels = columns.map(({ kernel }) => kernel);
  const moved = columns.flatMap(({ made }, column) => (made ? [column] : []));
  const seen = new Map<string, number>();
  const tree: TreeRow[] = [];
  for (const [index, row] of rows.entries()) {
    const count = (seen.get(row.key) ?? 0) + 1;
    seen.set(row.key, count);
    const parent = parentOf(tree, row);
    const marks = marksOf(row, kernels);
    const outer = parent === undefined ? [] : tree[parent]!.marks;
    tree.push({
      ...row,
      id: `${row.key} ${count}`,
      index,
      parent,
      callee: calleeOf(row),
      marks,
      newMarks: marks.filter((mark) => !outer.some((one) => sameMark(one, mark))),
      ran: row.cells.some((cell) => cell?.state === 'ran'),
      differs: new Set(moved.map((column) => fared(row, row.cells[column]))).size > 1,
    });
  }
  return tree;
}

const known = new WeakMap<Derived, CodeView & { readonly of: readonly Derived[] }>();

/** The table of the operation at the cursor. The same value as long as the operation and the kernels are the same. */
export function codeView(views: readonly View[]): CodeView {
  const of = views.map(({ derived }) => derived);
  const first = of[0];
  const last = first && known.get(first);
  if (last && last.of.length === of.length && last.of.every((derived, index) => derived === of[index]))
    return last;
  const columns = views.map(({ kernel: id, derived: { state, made, idle } }) => ({
    id,
    kernel: state.kernel,
    made,
    idle,
  }));
  const rows = codeTable(columns.map(({ kernel, made }) => ({ kernel, calls: made?.calls ?? [] })));
  const view = { columns, rows: treeRows(rows, columns), of };
  if (first) known.set(first, view);
  return view;
}

const wanted: Readonly<Record<Density, (row: TreeRow) => boolean>> = {
  all: () => true,
  decisions: ({ ran, kind, marks }) =>
    marks.length > 0 || (ran && (kind === 'function' || kind === 'test' || kind === 'effect')),
  functions: ({ ran, kind }) => ran && kind === 'function',
  differences: ({ differs, marks }) => differs || marks.length > 0,
};

export interface Shown {
  readonly density: Density;
  /** Function rows whose inner rows are folded away, by id. */
  readonly folded: ReadonlySet<string>;
  /** Part of a name or test; what matches is shown whatever else is chosen. */
  readonly search: string;
  /** Rows that stay whatever is chosen: where kernels part. */
  readonly keep: ReadonlySet<number>;
}

/** The rows above a row, innermost first. */
export function above(rows: readonly TreeRow[], row: TreeRow): readonly TreeRow[] {
  const found: TreeRow[] = [];
  for (let at = row.parent; at !== undefined; at = rows[at]!.parent) found.push(rows[at]!);
  return found;
}

/** The rows to show, and what they are to each other. */
export interface ShownRows {
  readonly rows: readonly TreeRow[];
  /** Function rows with something inside, by id. */
  readonly foldable: ReadonlySet<string>;
  /** Rows that are there only because others stand under them, where it is those that were asked for. */
  readonly context: ReadonlySet<TreeRow>;
}

/** What to show of a tree: the rows wanted, each with what it stands under, but for what is folded away. */
export function shownRows(rows: readonly TreeRow[], { density, folded, search, keep }: Shown): ShownRows {
  const needle = search.trim().toLowerCase();
  const searching = needle !== '';
  const matches = searching ? ({ text }: TreeRow) => text.toLowerCase().includes(needle) : wanted[density];
  const asked = new Set(rows.filter((row) => matches(row) || (!searching && keep.has(row.index))));
  const shown = new Set(asked);
  const foldable = new Set<string>();
  for (const row of asked) {
    for (const outer of above(rows, row)) {
      if (searching || density !== 'functions' || outer.kind === 'function') shown.add(outer);
      if (outer.kind === 'function' && !searching) foldable.add(outer.id);
    }
  }
  const open = (row: TreeRow): boolean => searching || !above(rows, row).some(({ id }) => folded.has(id));
  const pointed = searching || density === 'differences';
  return {
    rows: rows.filter((row) => shown.has(row) && open(row)),
    foldable,
    context: new Set(pointed ? [...shown].filter((row) => !asked.has(row)) : []),
  };
}
