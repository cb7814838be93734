import { exceptionName } from '#isa/exceptions.ts';
import { exitTraceName } from '#isa/exit-codes.ts';
import type { After, Outcome } from '#program/report.ts';
import type { StepRun } from '#program/runner.ts';
import type { Program } from '#program/types.ts';
import type { CodeRow } from './code-rows.ts';
import { labelOf } from './possible.ts';
import { setupWords } from './setup-words.ts';
import type { Parting } from './parting.ts';
import type { SessionEvent } from './session.ts';

/** Sentences about what happened, from what was executed. One place, for the page and for exported text. */

const hex = (value: number): string => (value < 0 ? String(value) : `0x${value.toString(16)}`);

/** An outcome in a few words. */
export function outcomeWords(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'resume':
      return 'the guest goes on';
    case 'enter-guest':
      return 'L2 runs';
    case 'nested-vmexit':
      return outcome.exitCode === -1
        ? 'VMRUN fails: VMEXIT_INVALID to L1'
        : `#VMEXIT to L1: ${exitTraceName(outcome.exitCode)} (${hex(outcome.exitCode)})`;
    case 'exception':
      return `${exceptionName(outcome.vector)} in the guest`;
    case 'userspace-exit':
      return outcome.reason;
    case 'ioctl':
      return outcome.errno === 0 ? `returns ${outcome.count ?? 0}` : `returns ${outcome.errno}`;
    case 'smm-entry':
      return 'SMM is entered';
    case 'smm-exit':
      return 'SMM is left';
    case 'reset':
      return 'the vCPU is reset';
    case 'stop':
      return 'stops';
  }
}

/** The state after an operation, a few words each. */
export function stateFlags(after: After): readonly string[] {
  return [
    after.guestMode ? 'guest mode' : 'no guest mode',
    `SVME=${after.svme ? 1 : 0}`,
    `GIF=${after.gif ? 1 : 0}`,
    after.nestedAllocated ? 'nested allocated' : 'nested free',
    after.vmcb,
    ...(after.smm ? ['SMM'] : []),
    ...(after.tripleFaultRequested ? ['TRIPLE_FAULT requested'] : []),
  ];
}

/** What runs next, where that is more than the obvious. Where KVM left guest mode with no #VMEXIT, why it is what it is. */
export function goesOnWords({ step, before }: StepRun): string | undefined {
  const { next } = step.after;
  const dropped = step.context === 'L2' && !step.after.guestMode && step.outcome.kind !== 'nested-vmexit';
  if (!next) {
    return dropped
      ? 'Guest mode was left without a #VMEXIT; a further KVM_RUN goes on in the context of L1.'
      : undefined;
  }
  const nrips = before.snapshot.context.nrips === 1;
  if (next.code === 'L2' && next.context === 'L1') {
    return `L2's code goes on in L1's context${dropped && !nrips ? ': without NRIPS the skip decodes at L2\u2019s RIP' : ''}.`;
  }
  if (dropped && next.code === 'L1') {
    return 'L1 goes on after its VMRUN with L2\u2019s registers: with NRIPS the skip takes next_rip of vmcb01. To L1 it looks like a #VMEXIT.';
  }
  return undefined;
}

/** A step in one line: the outcome, and what goes on if that is worth saying. */
export function stepWords(made: StepRun): string {
  return [outcomeWords(made.step.outcome), goesOnWords(made)].filter(Boolean).join('. ');
}

const nameOf = ({ kind, text }: CodeRow): string => (kind === 'function' ? text : `\`${text}\``);

function rowWords(row: CodeRow, column: number): string {
  const value = row.cells[column]?.value;
  if (row.kind === 'test') return `tests \`${row.text}\`, ${value ? 'true' : 'false'}`;
  if (row.kind === 'function') return `calls ${row.text}`;
  return `goes on to \`${row.text}\``;
}

/** Where two kernels part, in one sentence. Code stands between backquotes. */
export function partingWords(
  rows: readonly CodeRow[],
  parting: Parting,
  left: PartingSide,
  right: PartingSide,
): string {
  if (parting.row === undefined) {
    if (parting.kind === 'same') return `${left.kernel} and ${right.kernel} do the same, node for node.`;
    return `${left.kernel} and ${right.kernel} stand at different operations.`;
  }
  const other = rows[parting.right ?? parting.left ?? parting.row]!;
  const lacks = other.kind === 'test' ? 'has no such test' : 'has nothing like it';
  const side = (at: number | undefined, { kernel, column }: PartingSide): string => {
    if (at !== undefined) return `${kernel} ${rowWords(rows[at]!, column)}`;
    const from = rows.indexOf(other);
    const next = rows.findIndex((row, index) => index > from && row.cells[column]?.state === 'ran');
    if (next < 0) return `${kernel} does nothing more`;
    const row = rows[next]!;
    // What the other side comes to as well is no difference, and must not read as one.
    const isShared = [left, right].every((one) => row.cells[one.column]?.state === 'ran');
    return isShared
      ? `${kernel} ${lacks}; next on both: ${nameOf(row)}`
      : `${kernel} ${lacks} and ${rowWords(row, column)}`;
  };
  const place = other.owner;
  if (parting.kind === 'arranged') {
    const own = [
      ...(parting.right === undefined ? [] : [side(parting.right, right)]),
      ...(parting.left === undefined ? [] : [side(parting.left, left)]),
    ];
    return `${left.kernel} and ${right.kernel} do the same here. Only the code differs, in ${place}(): ${own.join('; ')}.`;
  }
  return `They part in ${place}(): ${side(parting.right, right)}; ${side(parting.left, left)}.`;
}

export interface PartingSide {
  readonly kernel: string;
  readonly column: number;
}

/** An event of the history in a few words. */
export function eventWords(event: SessionEvent, program: Program): string {
  if (event.kind === 'do') return labelOf(event.op);
  if (event.kind === 'step') return 'step';
  const changes = setupWords(event.setup, program);
  return changes.length === 0 ? 'start' : `start with ${changes.join(', ')}`;
}
