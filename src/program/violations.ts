import { completion } from '#kvm/functions/msr.ts';
import { nodeRuns, type CallRun, type Run } from '#kvm/recorder.ts';
import { svmeMask } from '#kvm/words.ts';
import { evaluate } from '#machine/expr.ts';
import { readFact, type VcpuSnapshot } from '#machine/facts.ts';
import { stateInvariants } from '#machine/invariants.ts';
import { firedWarns } from '#machine/warns.ts';
import { stateOf } from './outcome.ts';
import type { ReportStep } from './report.ts';

/** What the invariants over several steps must remember. */
export interface InvariantHistory {
  /** L2's own EFER write dropped guest mode without a #VMEXIT, and its registers are still in place. */
  readonly stray: 'no' | 'yes' | 'after-shutdown';
}

export const noHistory: InvariantHistory = { stray: 'no' };

type Step = Omit<ReportStep, 'index'>;

/** Userspace carries out the write that a filter denied to the guest, and the guest wanted SVME cleared. */
function completesClear(before: VcpuSnapshot, { op }: Step): boolean {
  const wanted = before.context.completion === completion.msr && (before.context.msrData & svmeMask) === 0;
  return op.do === 'KVM_SET_MSRS' && wanted;
}

/** Whether the step carries out an EFER write of L2: by KVM, or by userspace completing a filtered one. */
function isEferWriteOfL2(before: VcpuSnapshot, step: Step): boolean {
  if (stateOf(before, 'guestMode') !== 'l2') return false;
  const { op, context } = step;
  return op.do === 'WRMSR' ? op.msr === 'EFER' && context === 'L2' : completesClear(before, step);
}

function straying(
  history: InvariantHistory,
  before: VcpuSnapshot,
  after: VcpuSnapshot,
  step: Step,
): InvariantHistory['stray'] {
  // Back in guest mode, what was left before is no longer the reason of anything.
  if (stateOf(after, 'guestMode') === 'l2') return 'no';
  if (isEferWriteOfL2(before, step) && step.outcome.kind !== 'nested-vmexit') {
    return step.after.next === null && step.outcome.kind === 'userspace-exit' ? 'after-shutdown' : 'yes';
  }
  if (
    history.stray === 'yes' &&
    step.outcome.kind === 'userspace-exit' &&
    step.outcome.reason === 'KVM_EXIT_SHUTDOWN'
  ) {
    return 'after-shutdown';
  }
  return history.stray;
}

/** A fault that the guest will see, raised by userspace writing state that nobody asked it to write for the guest. */
function stuffedFault<Moment>(before: VcpuSnapshot, step: Step, calls: readonly CallRun<Moment>[]): boolean {
  if (completesClear(before, step)) return false;
  return stuffing(calls).some((call) =>
    [...nodeRuns([call])].some(({ run }) => run.events.some(({ type }) => type === 'REQUEST_TRIPLE_FAULT')),
  );
}

/** The functions through which userspace writes EFER. */
const stuffers: ReadonlySet<string> = new Set(['__set_sregs', 'do_set_msr']);

function stuffing<Moment>(runs: readonly Run<Moment>[]): readonly CallRun<Moment>[] {
  return runs.flatMap((run) => {
    if (run.kind === 'node') return [];
    return stuffers.has(run.fn.name) ? [run] : stuffing(run.steps);
  });
}

/** The invariants that a step breaks, and what the next step must know. */
export function violationsOf<Moment>(
  history: InvariantHistory,
  before: VcpuSnapshot,
  after: VcpuSnapshot,
  step: Step,
  calls: readonly CallRun<Moment>[],
): { readonly violations: readonly string[]; readonly history: InvariantHistory } {
  const found: string[] = [...firedWarns(after.context.warned)];
  const scope = { read: (fact: Parameters<typeof readFact>[1]) => readFact(after, fact), local: () => 0 };
  // A freed vCPU has no state that could break a promise.
  for (const { id, holds } of after.context.freed ? [] : stateInvariants) {
    if (evaluate(holds, scope) === 0) found.push(id);
  }
  const stray = straying(history, before, after, step);
  const runsAsL1 = step.after.next?.context === 'L1';
  if (stray === 'yes' && runsAsL1) found.push('I14');
  if (stray === 'after-shutdown' && runsAsL1) found.push('I20');
  if (stuffedFault(before, step, calls)) found.push('I13');
  return {
    violations: [...new Set(found)],
    history: { stray: runsAsL1 ? 'no' : stray },
  };
}
