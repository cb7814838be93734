import { completion } from '#kvm/functions/msr.ts';
import type { CallRun } from '#kvm/recorder.ts';
import { nodeRuns } from '#kvm/recorder.ts';
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

/** Whether the step carries out an EFER write of L2: by KVM, or by userspace completing a filtered one. */
function isEferWriteOfL2(before: VcpuSnapshot, { op, context }: Step): boolean {
  if (stateOf(before, 'guestMode') !== 'l2') return false;
  if (op.do === 'WRMSR') return op.msr === 'EFER' && context === 'L2';
  return op.do === 'KVM_SET_MSRS' && before.context.completion === completion.msr;
}

function straying(
  history: InvariantHistory,
  before: VcpuSnapshot,
  after: VcpuSnapshot,
  step: Step,
): InvariantHistory['stray'] {
  if (
    isEferWriteOfL2(before, step) &&
    stateOf(after, 'guestMode') === 'l1' &&
    step.outcome.kind !== 'nested-vmexit'
  ) {
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
  const stuffs =
    step.op.do === 'KVM_SET_SREGS' ||
    (step.op.do === 'KVM_SET_MSRS' && before.context.completion !== completion.msr) ||
    (step.op.do === 'KVM_RUN' && step.op.syncSregs !== undefined);
  return (
    stuffs &&
    [...nodeRuns(calls)].some(({ run }) => run.events.some(({ type }) => type === 'REQUEST_TRIPLE_FAULT'))
  );
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
  for (const { id, holds } of stateInvariants) {
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
