import { exitTraceName } from '#isa/exit-codes.ts';
import type { Tracepoint } from '#kvm/recorder.ts';
import { exitReasonName } from '#kvm/words.ts';
import { pointerStream, type StreamName } from '#machine/code-pointer.ts';
import { stateOf, valueOf, type VcpuView } from '#machine/facts.ts';
import type { Returned } from './operate.ts';
import type { After, Outcome } from './report.ts';
import type { Context, Op } from './types.ts';

const actors: Readonly<Record<StreamName, Context>> = { l1: 'L1', l2: 'L2', smm: 'SMM' };

/** In whose context the guest would run: what the processor and KVM think it is. */
export function contextOf(vcpu: VcpuView): Context {
  if (stateOf(vcpu, 'smm') === 'inside') return 'SMM';
  return stateOf(vcpu, 'guestMode') === 'l2' ? 'L2' : 'L1';
}

/** Whose code RIP points into. */
export function codeOf(vcpu: VcpuView): Context {
  return actors[pointerStream(valueOf(vcpu, 'rip'))];
}

/** Whose code comes next, and in which context; null where the vCPU does not run on. */
export function nextCodeOf(vcpu: VcpuView): After['next'] {
  if (stateOf(vcpu, 'run') !== 'guest' || wasReset(vcpu)) return null;
  return { code: codeOf(vcpu), context: contextOf(vcpu) };
}

export function afterOf(vcpu: VcpuView): After {
  return {
    guestMode: stateOf(vcpu, 'guestMode') === 'l2',
    svme: stateOf(vcpu, 'svme') === 'set',
    gif: stateOf(vcpu, 'gif') === 'set',
    nestedAllocated: stateOf(vcpu, 'nested') === 'allocated',
    vmcb: stateOf(vcpu, 'vmcb') === 'vmcb02' ? 'vmcb02' : 'vmcb01',
    smm: stateOf(vcpu, 'smm') === 'inside',
    tripleFaultRequested: stateOf(vcpu, 'tripleFault') === 'pending',
    next: nextCodeOf(vcpu),
  };
}

/** RIP is the reset vector: none of the program's code. */
export function wasReset(vcpu: VcpuView): boolean {
  return valueOf(vcpu, 'rip') === 0;
}

const signed = (code: number): number => code | 0;

const last = (traces: readonly Tracepoint[], event: string): Tracepoint | undefined =>
  traces.findLast((trace) => trace.event === event);

/** The reason of the last #VMEXIT that reached KVM, or null. */
export function exitOf(traces: readonly Tracepoint[]): string | null {
  const exit = last(traces, 'kvm_exit');
  return exit ? exitTraceName(signed(exit.args['exit_code']!)) : null;
}

/** An exit code as the report has it: -1 for VMEXIT_INVALID, SVM_EXIT_SW as it is. */
function reportedExitCode(code: number): number {
  return code === 0xffffffff ? -1 : code;
}

function guestOutcome(op: Op, traces: readonly Tracepoint[], after: VcpuView): Outcome {
  if (valueOf(after, 'freed')) return { kind: 'stop' };
  if (wasReset(after)) return { kind: 'reset' };
  const smm = last(traces, 'kvm_smm_transition');
  if (smm) return { kind: smm.args['entering'] ? 'smm-entry' : 'smm-exit' };
  const injected = last(traces, 'kvm_nested_vmexit_inject');
  if (injected) return { kind: 'nested-vmexit', exitCode: reportedExitCode(injected.args['exit_code']!) };
  if (op.do === 'VMRUN' && last(traces, 'kvm_nested_vmenter_failed'))
    return { kind: 'nested-vmexit', exitCode: -1 };
  const exception = last(traces, 'kvm_inj_exception') ?? last(traces, 'processor_exception');
  if (exception) return { kind: 'exception', vector: exception.args['vector']! };
  return { kind: last(traces, 'kvm_nested_vmenter') && contextOf(after) === 'L2' ? 'enter-guest' : 'resume' };
}

/** What an operation came to, from the tracepoints that fired and what its ioctl returned. */
export function outcomeOf(
  op: Op,
  traces: readonly Tracepoint[],
  after: VcpuView,
  returned: Returned | undefined,
): Outcome {
  const toUserspace = last(traces, 'kvm_userspace_exit');
  if (toUserspace) {
    const errno = toUserspace.args['errno']!;
    if (errno < 0) return { kind: 'ioctl', errno };
    return { kind: 'userspace-exit', reason: exitReasonName(toUserspace.args['reason']!) };
  }
  if (returned && op.do !== 'KVM_RUN' && op.do !== 'CLOSE') return { kind: 'ioctl', ...returned };
  return guestOutcome(op, traces, after);
}
