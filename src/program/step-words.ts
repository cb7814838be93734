import { completion } from '#kvm/functions/msr.ts';
import { nodeRuns, type CallRun, type Run } from '#kvm/recorder.ts';
import { l1Intercepts, svmeMask } from '#kvm/words.ts';
import { evaluate, type Scope } from '#machine/expr.ts';
import { stateOf, valueOf, type VcpuView } from '#machine/facts.ts';
import { nextCodeOf } from './outcome.ts';
import type { ReportStep } from './report.ts';
import type { Context } from './types.ts';

/** What an operation came to, as far as the invariants ask. */
export type StepMade = Pick<ReportStep, 'context' | 'op' | 'outcome'>;

/** Whether L2 is astray, as the invariants count it: the word `stray` is an index into this. */
export const strays = ['no', 'yes', 'after-shutdown'] as const;

type Stray = (typeof strays)[number];

/** What the invariants over several steps must remember. */
export interface InvariantHistory {
  /** L2's own EFER write dropped guest mode without a #VMEXIT, and its registers are still in place. */
  readonly stray: Stray;
}

export const noHistory: InvariantHistory = { stray: 'no' };

/**
 * What an invariant can ask about the operation that led to a state, beside the state itself: locals of its
 * expression. A word that is not a number by nature is 1 where it is so.
 */
export const stepWordMeanings = {
  stray: "L2's own EFER write left guest mode without a #VMEXIT: 1, and 2 once KVM_EXIT_SHUTDOWN stopped it",
  next_code: "whose code comes next: 0 nobody's, 1 L1's, 2 L2's, 3 the SMM handler's",
  next_context: 'the context it runs in: 0 none, 1 L1, 2 L2, 3 SMM',
  was_l2: 'before the operation the vCPU was in guest mode',
  by_userspace: 'the operation is one of userspace',
  nested_vmexit: 'L1 was given a #VMEXIT, or its VMRUN failed',
  vmrun_entered: 'a VMRUN entered L2',
  shutdown: 'KVM_RUN returned KVM_EXIT_SHUTDOWN',
  exception: 'the guest was given an exception: its vector + 1',
  refused: 'an ioctl returned an error',
  forced_leave: 'KVM_SET_NESTED_STATE without GUEST_MODE, while in guest mode',
  l1_shutdown_intercept: 'before the operation L1 intercepted SHUTDOWN, as of its last VMRUN',
  l2_fault: 'L2 had a triple fault pending, or made one',
  stuffed_fault: 'state that userspace wrote raised a triple fault',
} as const;

export type StepWord = keyof typeof stepWordMeanings;
export const stepWordNames = Object.keys(stepWordMeanings) as readonly StepWord[];
export type StepWords = Readonly<Record<StepWord, number>>;

const contexts: readonly (Context | undefined)[] = [undefined, 'L1', 'L2', 'SMM'];

/** Userspace carries out the write that a filter denied to the guest, and the guest wanted SVME cleared. */
function completesClear(before: VcpuView, { op }: StepMade): boolean {
  if (op.do !== 'KVM_SET_MSRS') return false;
  return valueOf(before, 'completion') === completion.msr && (valueOf(before, 'msrData') & svmeMask) === 0;
}

/** Whether the step carries out an EFER write of L2: by KVM, or by userspace completing a filtered one. */
function isEferWriteOfL2(before: VcpuView, step: StepMade): boolean {
  if (stateOf(before, 'guestMode') !== 'l2') return false;
  const { op, context } = step;
  return op.do === 'WRMSR' ? op.msr === 'EFER' && context === 'L2' : completesClear(before, step);
}

const isShutdown = ({ outcome }: StepMade): boolean =>
  outcome.kind === 'userspace-exit' && outcome.reason === 'KVM_EXIT_SHUTDOWN';

/** Whether L2 is astray after the step. */
function straying(history: InvariantHistory, before: VcpuView, after: VcpuView, step: StepMade): Stray {
  // Back in guest mode, what was left before is no longer the reason of anything.
  if (stateOf(after, 'guestMode') === 'l2') return 'no';
  if (isEferWriteOfL2(before, step) && step.outcome.kind !== 'nested-vmexit') {
    return nextCodeOf(after) === null && step.outcome.kind === 'userspace-exit' ? 'after-shutdown' : 'yes';
  }
  if (!isShutdown(step)) return history.stray;
  return history.stray === 'yes' ? 'after-shutdown' : history.stray;
}

/** A fault that the guest will see, raised by userspace writing state that nobody asked it to write for the guest. */
function stuffedFault<Moment>(before: VcpuView, step: StepMade, calls: readonly CallRun<Moment>[]): boolean {
  if (step.context !== null || completesClear(before, step)) return false;
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

/** What can be read of a vCPU, with these locals. */
export function scopeOf(vcpu: VcpuView, locals: Readonly<Record<string, number>> = {}): Scope {
  return { read: (fact) => valueOf(vcpu, fact), local: (name) => locals[name] ?? 0 };
}

/** What the invariants may ask of one operation. `was*` and L1's intercept are of the state before it. */
export function stepWords<Moment>(
  history: InvariantHistory,
  before: VcpuView,
  after: VcpuView,
  step: StepMade,
  calls: readonly CallRun<Moment>[],
): StepWords {
  const { op, outcome } = step;
  const next = nextCodeOf(after);
  const wasL2 = stateOf(before, 'guestMode') === 'l2';
  const forced = wasL2 && op.do === 'KVM_SET_NESTED_STATE' && op.flags?.includes('GUEST_MODE') === false;
  const faults =
    op.do === 'TRIPLE_FAULT' || (op.do === 'KVM_RUN' && stateOf(before, 'tripleFault') === 'pending');
  return {
    stray: strays.indexOf(straying(history, before, after, step)),
    next_code: contexts.indexOf(next?.code),
    next_context: contexts.indexOf(next?.context),
    was_l2: Number(wasL2),
    by_userspace: Number(step.context === null),
    nested_vmexit: Number(outcome.kind === 'nested-vmexit'),
    vmrun_entered: Number(op.do === 'VMRUN' && outcome.kind === 'enter-guest'),
    shutdown: Number(isShutdown(step)),
    exception: outcome.kind === 'exception' ? outcome.vector + 1 : 0,
    refused: Number(outcome.kind === 'ioctl' && outcome.errno < 0),
    forced_leave: Number(forced),
    l1_shutdown_intercept: faults && wasL2 ? evaluate(l1Intercepts('SHUTDOWN'), scopeOf(before)) : 0,
    l2_fault: Number(wasL2 && faults),
    stuffed_fault: Number(stuffedFault(before, step, calls)),
  };
}

/** What the next step must know. Once the guest runs on as L1 it has been said. */
export function historyAfter({ stray, next_context: context }: StepWords): InvariantHistory {
  return { stray: context === contexts.indexOf('L1') ? 'no' : strays[stray]! };
}
