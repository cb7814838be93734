import type { CodeView } from './code-view.ts';
import { partingOf, type Parting } from './parting.ts';
import { partingWords } from './words.ts';

/** How one kernel of the table compares with the one that it is held against. */
export interface Comparison {
  readonly column: number;
  readonly kernel: string;
  readonly parting: Parting;
  /** In one sentence; code stands between backquotes. */
  readonly words: string;
}

const known = new WeakMap<CodeView, Map<number, readonly Comparison[]>>();

/** Hold every kernel that moved against one of them. Nothing, where that one did not move. */
export function comparisons(view: CodeView, reference: number): readonly Comparison[] {
  let byReference = known.get(view);
  if (!byReference) {
    byReference = new Map();
    known.set(view, byReference);
  }
  let found = byReference.get(reference);
  if (!found) {
    found = compare(view, reference);
    byReference.set(reference, found);
  }
  return found;
}

function compare({ columns, rows }: CodeView, reference: number): readonly Comparison[] {
  const left = columns[reference];
  if (!left?.made) return [];
  return columns.flatMap(({ id, made }, column) => {
    if (column === reference || !made) return [];
    const parting = partingOf(rows, { column: reference, made: left.made }, { column, made });
    const words = partingWords(rows, parting, { kernel: left.id, column: reference }, { kernel: id, column });
    return [{ column, kernel: id, parting, words }];
  });
}

/** A row at which kernels part from the one that they are held against. */
export interface PartingRow {
  /** `decides`: further down, what one side does instead. `arranged`: other code, the same effects and outcome. */
  readonly kind: 'parts' | 'decides' | 'arranged';
  readonly kernels: readonly string[];
}

const weight: Readonly<Record<PartingRow['kind'], number>> = { parts: 2, decides: 1, arranged: 0 };

/** The rows at which kernels part, by index. */
export function partingRows(compared: readonly Comparison[]): ReadonlyMap<number, PartingRow> {
  const rows = new Map<number, PartingRow>();
  const mark = (row: number | undefined, kind: PartingRow['kind'], kernel: string): void => {
    const before = row === undefined ? undefined : rows.get(row);
    if (row === undefined || (before && weight[before.kind] > weight[kind])) return;
    rows.set(row, { kind, kernels: before?.kind === kind ? [...before.kernels, kernel] : [kernel] });
  };
  for (const { kernel, parting } of compared) {
    if (parting.kind === 'same') continue;
    mark(parting.row, parting.kind, kernel);
    if (parting.kind === 'parts' && parting.right !== parting.row) mark(parting.right, 'decides', kernel);
  }
  return rows;
}

/** The first row at which a kernel parts; with none, the first at which code differs. */
export function firstParting(rows: ReadonlyMap<number, PartingRow>): number | undefined {
  const sorted = [...rows].toSorted(([left], [right]) => left - right);
  return (sorted.find(([, { kind }]) => kind === 'parts') ?? sorted[0])?.[0];
}

/** The rows that the sentences speak of: shown whatever the visitor chose to see. */
export function spokenOf(compared: readonly Comparison[]): ReadonlySet<number> {
  return new Set(
    compared.flatMap(({ parting: { row, left, right } }) =>
      [row, left, right].filter((at) => at !== undefined),
    ),
  );
}
