import { eferMask } from '#isa/efer.ts';
import { interceptMask, interceptWord, type InterceptName } from '#isa/intercepts.ts';
import {
  all,
  any,
  bitAnd,
  bitAndNot,
  bitOr,
  choose,
  fact,
  is,
  not,
  type Expr,
  type ExprLike,
} from '#machine/expr.ts';
import { interceptWordRegisters } from '#machine/registers.ts';
import { warnBit, type WarnId } from '#machine/warns.ts';
import {
  effect,
  send,
  test,
  write,
  type EffectTemplate,
  type Node,
  type Standing,
  type TestNode,
} from './ir.ts';

/** Expressions that many functions share, under the kernel's names. */

export const svmeMask = eferMask('SVME');

/** `is_guest_mode(vcpu)` */
export const isGuestMode = is('guestMode', 'l2');
/** `is_smm(vcpu)` */
export const isSmm = is('smm', 'inside');
/** `svm_smi_blocked(vcpu)`: GIF is clear, or SMM is active already. */
export const smiBlocked = any(is('gif', 'clear'), isSmm);
/** `svm->vmcb == svm->vmcb01.ptr` */
export const onVmcb01 = is('vmcb', 'vmcb01');
/** `svm->vmcb == svm->nested.vmcb02.ptr` */
export const onVmcb02 = is('vmcb', 'vmcb02');
/** `svm->nested.initialized` */
export const nestedInitialized = is('nested', 'allocated');

/** `vcpu->arch.efer` with SVME, which the chart holds as a region. */
export const archEfer: Expr = bitOr(fact('efer'), choose(is('svme', 'set'), svmeMask, 0));

/** `vcpu->arch.efer = value` */
export function setArchEfer(value: Expr): readonly EffectTemplate[] {
  const svme = bitAnd(value, svmeMask);
  return [write('efer', bitAndNot(value, svmeMask)), send('SET_SVME', svme), send('CLEAR_SVME', not(svme))];
}

/** `vcpu->vmcb->save.cpl` of the current VMCB. */
export const cpl: Expr = choose(onVmcb01, fact('cpl01'), fact('cpl02'));

/** `vmcb12_is_intercept(&svm->nested.ctl, INTERCEPT_*)`: the cache of vmcb12, as of the last VMRUN. */
export function l1Intercepts(name: InterceptName): Expr {
  return bitAnd(fact(interceptWordRegisters.cache[interceptWord(name)]!), interceptMask(name));
}

/** What the processor finds in the current VMCB: L0's own intercept, and while L2 runs L1's beside it. */
export function interceptedBy(l0: ExprLike, name: InterceptName): Expr {
  return any(l0, all(onVmcb02, l1Intercepts(name)));
}

export const gpVector = 13;
export const udVector = 6;

/** errno values, as functions return them. */
export const errno = { EIO: -5, EINTR: -4, ENOMEM: -12, EFAULT: -14, EBUSY: -16, EINVAL: -22 } as const;

/** NESTED_EXIT_* of svm.h. */
export const nestedExit = { HOST: 0, DONE: 1, CONTINUE: 2 } as const;

/** A WARN: the test as the kernel has it, and the mark that a violation leaves. */
export function warnOn(
  text: string,
  when: Expr,
  id: WarnId,
  then: readonly Node[] = [],
  stands: Standing = {},
): TestNode {
  const fires = effect(`WARN: ${id}`, [write('warned', bitOr(fact('warned'), warnBit(id)))]);
  return test(text, when, [fires, ...then], [], stands);
}

export const requestEvent = effect('kvm_make_request(KVM_REQ_EVENT, vcpu)', [send('REQUEST_EVENT')]);

/** The exit reason of `struct kvm_run`. */
export const exitReasons = {
  KVM_EXIT_UNKNOWN: 0,
  KVM_EXIT_IO: 2,
  KVM_EXIT_HLT: 5,
  KVM_EXIT_SHUTDOWN: 8,
  KVM_EXIT_FAIL_ENTRY: 9,
  KVM_EXIT_INTR: 10,
  KVM_EXIT_INTERNAL_ERROR: 17,
  KVM_EXIT_X86_RDMSR: 29,
  KVM_EXIT_X86_WRMSR: 30,
} as const;

export type ExitReason = keyof typeof exitReasons;

export function exitReasonName(value: number): ExitReason {
  const found = Object.entries(exitReasons).find(([, number]) => number === value);
  return (found?.[0] ?? 'KVM_EXIT_UNKNOWN') as ExitReason;
}

/** `vcpu->run->exit_reason = reason` */
export function exitReason(reason: ExitReason): Node {
  return effect(`vcpu->run->exit_reason = ${reason}`, [write('exitReason', exitReasons[reason])]);
}
