import type { Visibility } from '#kvm/ir.ts';
import { above, type CodeView, type TreeRow } from './code-view.ts';

/** Which function rows are folded to one line before the visitor says otherwise. */

function visibilityOf({ kind, cells }: TreeRow): Visibility | undefined {
  const run = kind === 'function' ? cells.find((cell) => cell?.run)?.run : undefined;
  return run?.kind === 'call' ? run.fn.visibility : undefined;
}

const around = new Set<Visibility | undefined>(['frame', 'processor']);
const leavesKvmRun = new Set<string>(['SHUT_DOWN', 'EXIT_TO_USERSPACE', 'HALT']);

/** Whether a row is worth seeing at once: where kernels differ, a patch works, the kernel's functions run, the loop ends. */
function tells(row: TreeRow): boolean {
  if (row.differs || (row.ran && row.marks.length > 0) || visibilityOf(row) === 'kernel') return true;
  return row.cells.some(
    (cell) =>
      cell?.run?.kind === 'node' &&
      cell.run.events.some((event) =>
        event.type === 'WRITE' ? event.register === 'exitReason' : leavesKvmRun.has(event.type),
      ),
  );
}

/** Whether KVM's code ran at all in the operation, on any kernel. */
export function kvmRan({ columns }: CodeView): boolean {
  return columns.some(({ made }) => made?.calls.some(({ fn }) => fn.visibility !== 'processor'));
}

const known = new WeakMap<CodeView, ReadonlySet<string>>();

/** The outermost rows of the processor and of the loop of KVM_RUN that tell nothing. */
export function foldedAtFirst(view: CodeView): ReadonlySet<string> {
  let folded = known.get(view);
  if (!folded) {
    folded = kvmRan(view) ? foldedRows(view.rows) : new Set();
    known.set(view, folded);
  }
  return folded;
}

function foldedRows(rows: readonly TreeRow[]): ReadonlySet<string> {
  const open = new Set<TreeRow>();
  for (const row of rows) if (tells(row)) for (const outer of above(rows, row)) open.add(outer);
  const folds = (row: TreeRow): boolean => {
    const visibility = visibilityOf(row);
    if (visibility === undefined || visibility === 'kernel' || tells(row) || open.has(row)) return false;
    return above(rows, row).every((outer) => outer.kind !== 'function' || around.has(visibilityOf(outer)));
  };
  const folded = new Set(rows.filter(folds));
  return new Set(
    [...folded].filter((row) => !above(rows, row).some((outer) => folded.has(outer))).map(({ id }) => id),
  );
}
