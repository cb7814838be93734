import { nodeRuns, type CallRun } from '#kvm/recorder.ts';
import type { VcpuSnapshot } from '#machine/facts.ts';
import type { StepRun } from '#program/runner.ts';
import type { Cell, CodeRow } from './code-rows.ts';

/** How two kernels compare in one operation. */
export interface Parting {
  /** `same`: node for node. `arranged`: other code, the same effects and outcome. `parts`: they do different things. */
  readonly kind: 'same' | 'arranged' | 'parts';
  /** The first row in which they differ; absent if `same`. */
  readonly row: number | undefined;
  /** The row of each side that decides: its first test that holds, or what it does instead. */
  readonly left: number | undefined;
  readonly right: number | undefined;
}

const ran = (cell: Fared | undefined): boolean => cell?.state === 'ran';

/** How a node fared in one kernel: whether it ran, and what a test came to. */
export type Fared = Pick<Cell<unknown>, 'state' | 'value'>;

/** Whether a node says the same of both: both ran it with one value, or neither ran it. */
function agree(kind: CodeRow['kind'], left: Fared | undefined, right: Fared | undefined): boolean {
  if (ran(left) !== ran(right)) return false;
  return kind !== 'test' || !ran(left) || left!.value === right!.value;
}

/**
 * How much a node tells of two kernels: 0 nothing, both fared alike there; 1 a local variable; 2 a test that only one
 * of them has and that finds nothing to do; 3 a difference.
 */
export function tells(
  { kind, node }: Pick<CodeRow, 'kind' | 'node'>,
  left: Fared | undefined,
  right: Fared | undefined,
): 0 | 1 | 2 | 3 {
  if (agree(kind, left, right)) return 0;
  if (kind === 'let') return 1;
  if (node?.kind !== 'test' || (ran(left) && ran(right))) return 3;
  const { value } = (ran(left) ? left : right)!;
  return (value ? node.then : node.otherwise).length === 0 ? 2 : 3;
}

/** The first row that tells most of the difference of two columns. */
function differingRow(rows: readonly CodeRow[], left: number, right: number): number | undefined {
  const told = rows.map((row) => tells(row, row.cells[left], row.cells[right]));
  const most = Math.max(0, ...told);
  return most === 0 ? undefined : told.findIndex((one) => one === most);
}

function effectsOf(calls: readonly CallRun<VcpuSnapshot>[]): string {
  return JSON.stringify([...nodeRuns(calls)].flatMap(({ run }) => run.events));
}

/** The same effects in the same order, the same outcome, the same state after. */
function behavesAlike(left: StepRun | undefined, right: StepRun | undefined): boolean {
  if (!left || !right) return left === right;
  return (
    JSON.stringify([left.step.outcome, left.step.after, left.step.exit]) ===
      JSON.stringify([right.step.outcome, right.step.after, right.step.exit]) &&
    effectsOf(left.calls) === effectsOf(right.calls)
  );
}

/** From the first difference on, the row of one side that shows what it does there: a test that holds, else the first. */
function deciding(rows: readonly CodeRow[], from: number, side: number, other: number): number | undefined {
  let first: number | undefined;
  for (let index = from; index < rows.length; index += 1) {
    const row = rows[index]!;
    if (ran(row.cells[side]) && ran(row.cells[other]) && tells(row, row.cells[side], row.cells[other]) === 0)
      break;
    if (!ran(row.cells[side])) continue;
    first ??= index;
    if (row.kind === 'test' && row.cells[side]!.value) return index;
  }
  return first;
}

/** Where two kernels part in the operation shown. */
export function partingOf(
  rows: readonly CodeRow[],
  left: { readonly column: number; readonly made: StepRun | undefined },
  right: { readonly column: number; readonly made: StepRun | undefined },
): Parting {
  const ops = [left.made, right.made].map((made) => JSON.stringify(made?.step.op));
  if (ops[0] !== ops[1]) return { kind: 'parts', row: undefined, left: undefined, right: undefined };
  const found = differingRow(rows, left.column, right.column);
  const alike = behavesAlike(left.made, right.made);
  if (found === undefined)
    return { kind: alike ? 'same' : 'parts', row: undefined, left: undefined, right: undefined };
  return {
    kind: alike ? 'arranged' : 'parts',
    row: found,
    left: deciding(rows, found, left.column, right.column),
    right: deciding(rows, found, right.column, left.column),
  };
}
