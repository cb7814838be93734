import type { Node } from '#kvm/ir.ts';
import type { CallRun, Run } from '#kvm/recorder.ts';
import type { Op } from '#program/types.ts';
import type { CodeRow } from '#session/code-rows.ts';
import { commonPairs } from '#session/common-pairs.ts';
import { tells, type Fared } from '#session/parting.ts';

/** The first place where two kernels part in an operation. */
export interface Cause {
  /** The function whose code has the node. */
  readonly fn: string;
  /** The node as the kernel spells it; a function as `name()`. */
  readonly test: string;
}

type Calls = readonly CallRun<undefined>[];

/** A row of the code panel that ran: a node, or a function that was entered. */
interface Ran extends Fared {
  readonly owner: string;
  readonly node: Node | undefined;
  readonly kind: CodeRow['kind'];
  readonly text: string;
}

function ranIn(runs: readonly Run<undefined>[], owner: string, into: Ran[]): void {
  for (const run of runs) {
    if (run.kind === 'node') {
      const kind = run.node.kind as Exclude<Node['kind'], 'call' | 'dispatch' | 'loop'>;
      into.push({ owner, node: run.node, kind, text: run.node.text, state: 'ran', value: run.value });
      continue;
    }
    const { fn, by, returned } = run;
    into.push({ owner, node: by, kind: 'function', text: `${fn.name}()`, state: 'ran', value: returned });
    ranIn(run.steps, fn.name, into);
  }
}

function ranOf(calls: Calls): readonly Ran[] {
  const into: Ran[] = [];
  for (const call of calls) ranIn([call], call.fn.name, into);
  return into;
}

/** Whether two rows are of one node: of the same place in the same function. */
const isSame = (left: Ran, right: Ran): boolean =>
  left.owner === right.owner && (left.node === right.node || left.node?.id === right.node?.id);

/** The rows of two kernels, common ones in pairs. */
function* paired(
  left: readonly Ran[],
  right: readonly Ran[],
): Generator<readonly [Ran | undefined, Ran | undefined]> {
  let [one, other] = [0, 0];
  for (const [at, beside] of [...commonPairs(left, right, isSame), [left.length, right.length] as const]) {
    for (; one < at; one += 1) yield [left[one], undefined];
    for (; other < beside; other += 1) yield [undefined, right[other]];
    if (at < left.length) yield [left[one++], right[other++]];
  }
}

/** Where two runs of one operation part, as the code panel says it. Where no node differs, the state did before. */
export function causeOf(left: Calls, right: Calls, op: Op): Cause {
  let found: Cause = { fn: op.do, test: 'the state that it finds' };
  let most = 0;
  for (const [one, other] of paired(ranOf(left), ranOf(right))) {
    const row = (one ?? other)!;
    const told = tells(row, one, other);
    if (told <= most) continue;
    most = told;
    found = { fn: row.owner, test: row.text };
    if (most === 3) break;
  }
  return found;
}
