import { eferMask, eferNames } from '#isa/efer.ts';
import { exceptionName } from '#isa/exceptions.ts';
import { interceptMask, interceptWord, type InterceptName } from '#isa/intercepts.ts';
import { valueOf, type VcpuSnapshot } from '#machine/facts.ts';
import { interceptWordRegisters } from '#machine/registers.ts';
import { formatOp } from '#program/notation.ts';
import type { CodeOp, Program } from '#program/types.ts';
import { readsMayExit, type Walked } from './plan.ts';

/** What selftests cannot express. Each function says why, or nothing. */

/** What no handler in the guest can be: the reason is that of the operation, whatever it comes to. */
export function opLimit(op: CodeOp, stream: string): string | undefined {
  if (op.do === 'CPL' && op.cpl === 3) return "the library maps no page for the guest's user mode";
  if (op.do === 'TRIPLE_FAULT' && op.via === 'hardware')
    return 'the host decides by its exception intercepts whether the processor shuts down by itself';
  if (stream === 'smm' && inSmm.has(op.do))
    return 'it takes memory or a fault handler, and the SMI handler has neither';
  return undefined;
}

const inSmm: ReadonlySet<CodeOp['do']> = new Set(['VMRUN', 'VMLOAD', 'VMSAVE', 'INVLPGA', 'SKINIT', 'CPL']);

/** The program as a whole. */
export function programLimit({ guest }: Program): string | undefined {
  const missing = (['LME', 'LMA'] as const).filter((bit) => !guest.efer.includes(bit));
  if (missing.length > 0)
    return `guest.efer without ${missing.join(' and ')}: the library's guests run in 64-bit mode from the start`;
  const svme = guest.efer.includes('SVME');
  if (svme && !guest.cpuidSvm) return 'guest.efer with SVME and guest.cpuidSvm false: L1 cannot set up SVM';
  if (!svme && !guest.gif)
    return 'guest.gif false with EFER.SVME clear: CLGI needs SVME, and L1 starts after it';
  return undefined;
}

/** One step in the guest. */
export function guestLimit(program: Program, walked: Walked): string | undefined {
  const { next, made } = walked;
  if (next.kind !== 'guest') return undefined;
  const { outcome } = made.step;
  const reason = opLimit(next.op, next.stream) ?? allocationLimit(program, walked);
  if (reason !== undefined) return reason;
  if (outcome.kind === 'reset') return 'the vCPU is reset, and there is no firmware for it to run';
  if (next.op.do === 'HLT' && (outcome.kind === 'userspace-exit' || next.kind !== 'guest' || halted(walked)))
    return "the library's VM has an in-kernel local APIC: HLT blocks in KVM_RUN and nothing wakes the vCPU";
  if (outcome.kind === 'exception') return exceptionLimit(walked, outcome.vector);
  return tripleFaultLimit(walked);
}

function halted({ made }: Walked): boolean {
  return valueOf(made.state.snapshot, 'halted') === 1;
}

function allocationLimit({ host }: Program, { made }: Walked): string | undefined {
  return host.allocNestedFails && made.step.path.some(({ fn }) => fn === 'svm_allocate_nested')
    ? 'host.allocNestedFails, and a selftest cannot make the allocation of the nested state fail'
    : undefined;
}

function exceptionLimit({ next, made }: Walked, vector: number): string | undefined {
  if (next.kind !== 'guest') return undefined;
  if (next.context === 'SMM') return `${exceptionName(vector)} in SMM: the SMI handler has no IDT`;
  if (next.context === 'L2' && caches(made.before.snapshot, 'IRET'))
    return `${exceptionName(vector)} in L2 while L1 intercepts IRET, by which the library's handler returns`;
  return undefined;
}

function tripleFaultLimit({ next, made }: Walked): string | undefined {
  if (next.kind !== 'guest' || next.op.do !== 'TRIPLE_FAULT' || next.context !== 'L2') return undefined;
  const taken = (['LOAD_IDTR', 'STORE_IDTR'] as const).find((name) => caches(made.before.snapshot, name));
  return taken === undefined ? undefined : `L1 intercepts ${taken}, and an empty IDT takes LIDT`;
}

/** Whether L1 intercepts it, as of the VMRUN that entered L2. */
function caches(snapshot: VcpuSnapshot, name: InterceptName): boolean {
  const word = valueOf(snapshot, interceptWordRegisters.cache[interceptWord(name)]!);
  return (word & interceptMask(name)) !== 0;
}

/** One ioctl. */
export function ioctlLimit(program: Program, walked: Walked): string | undefined {
  const { next, made } = walked;
  if (next.kind !== 'userspace') return undefined;
  if (next.op.do === 'KVM_SET_VCPU_EVENTS' && next.op.latchedInit !== undefined && !program.host.irqchip)
    return "INIT is latched in the in-kernel local APIC; host.irqchip is false, the library's VM has one";
  if (made.step.outcome.kind === 'reset')
    return 'INIT resets the vCPU, and there is no firmware for it to run';
  return allocationLimit(program, walked);
}

/** Bits of EFER that this write may find set or clear, where it cannot read EFER first. */
export function writtenTwice(
  program: Program,
  earlier: readonly Walked[],
  walked: Walked,
): string | undefined {
  const { next, made } = walked;
  if (next.kind !== 'guest' || next.op.do !== 'WRMSR' || !readsMayExit(program)) return undefined;
  const value = made.state.snapshot.context.msrData;
  const other = earlier.find((one) => one.made.state.snapshot.context.msrData !== value);
  return other
    ? `${formatOp(next.op)} writes another value than before (${eferNames(value).join(' ')}), and EFER cannot be read first`
    : undefined;
}

/** `vcpu->arch.efer`, which is what KVM_GET_SREGS and the guest's RDMSR return. */
export function archEfer(snapshot: VcpuSnapshot): number {
  return snapshot.context.efer | (snapshot.value.svme === 'set' ? eferMask('SVME') : 0);
}
