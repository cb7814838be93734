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

const ran = (cell: Cell | undefined): boolean => cell?.state === 'ran';

/** Whether a row says the same of both: both ran it with one value, or neither ran it. */
function agrees(row: CodeRow, left: number, right: number): boolean {
  const a = row.cells[left];
  const b = row.cells[right];
  if (ran(a) !== ran(b)) return false;
  return row.kind !== 'test' || !ran(a) || a!.value === b!.value;
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
    if (ran(row.cells[side]) && ran(row.cells[other]) && agrees(row, side, other)) break;
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
  const differs = (row: CodeRow): boolean => !agrees(row, left.column, right.column);
  // A local variable alone decides nothing: look for what is done with it first.
  const telling = rows.findIndex((row) => row.kind !== 'let' && differs(row));
  const found = telling < 0 ? rows.findIndex(differs) : telling;
  const alike = behavesAlike(left.made, right.made);
  if (found < 0) return { kind: alike ? 'same' : 'parts', row: undefined, left: undefined, right: undefined };
  return {
    kind: alike ? 'arranged' : 'parts',
    row: found,
    left: deciding(rows, found, left.column, right.column),
    right: deciding(rows, found, right.column, left.column),
  };
}
