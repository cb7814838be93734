import { assertNever } from '#base/assert.ts';
import { eferMask, type EferBit } from '#isa/efer.ts';
import { interceptMask, interceptWord, type InterceptName } from '#isa/intercepts.ts';
import { msrIndex, hsaveData } from '#kvm/functions/msr.ts';
import { processorName } from '#kvm/functions/processor.ts';
import { resetReturn } from '#kvm/functions/run.ts';
import type { Interpreter } from '#kvm/interpreter.ts';
import { codePointer } from '#machine/code-pointer.ts';
import { stateIndex } from '#machine/facts.ts';
import type { VcpuPort } from '#machine/port.ts';
import { interceptWordRegisters, type RegisterName } from '#machine/registers.ts';
import type { CodeOp, EferChange, UserspaceOp, Vmcb12Op } from './types.ts';

/**
 * One operation, carried out on a vCPU by the code of one kernel. Everything that it does to the vCPU goes through the
 * port; nothing is kept here.
 */

const mask = (names: readonly EferBit[] | undefined): number =>
  (names ?? []).reduce((bits, name) => bits | eferMask(name), 0);

function write(port: VcpuPort, register: RegisterName, value: number): void {
  if (!port.holds(register, value)) port.apply({ type: 'WRITE', register, value });
}

function archEfer(port: VcpuPort): number {
  return port.read('efer') | (port.read('svme') === stateIndex('svme', 'set') ? eferMask('SVME') : 0);
}

/** Any bit above those that EFER has, folded into one that is reserved too. */
const foldedBit = 1 << 22;

/** A hexadecimal value as the registers of the model hold it. */
function foldValue(msr: 'EFER' | 'VM_HSAVE_PA' | 'VM_CR', text: string): number {
  const value = BigInt(text);
  if (msr === 'VM_HSAVE_PA') {
    if (value === 0n) return hsaveData.zero;
    return value % 0x1000n === 0n && value < 1n << 40n ? hsaveData.address : hsaveData.illegal;
  }
  const low = Number(value & BigInt(foldedBit - 1));
  return value >= BigInt(foldedBit) ? low | foldedBit : low;
}

/** The guest ran into a #VMEXIT: KVM handles it, then enters the guest again or returns to userspace. */
function handleExit(interpreter: Interpreter): void {
  const returned = interpreter.call('vcpu_run_exit');
  if (returned !== 1 && returned !== resetReturn)
    interpreter.call('return_to_userspace', { is_exit: returned === 0 ? 1 : 0, errno: returned });
}

function instruction(
  interpreter: Interpreter,
  name: Parameters<typeof processorName>[0],
  args: Readonly<Record<string, number>> = {},
): void {
  if (interpreter.call(processorName(name), args) === 1) handleExit(interpreter);
}

function skip(port: VcpuPort): void {
  write(port, 'rip', port.read('rip') + 1);
}

function editVmcb12(port: VcpuPort, op: Vmcb12Op): void {
  for (const [name, on] of Object.entries(op.intercepts ?? {}) as readonly [InterceptName, boolean][]) {
    const register = interceptWordRegisters.vmcb12[interceptWord(name)]!;
    const bits = port.read(register);
    write(port, register, (on ? bits | interceptMask(name) : bits & ~interceptMask(name)) >>> 0);
  }
  if (op.msrpm?.EFER.read !== undefined) write(port, 'msrpmRead12', Number(op.msrpm.EFER.read));
  if (op.msrpm?.EFER.write !== undefined) write(port, 'msrpmWrite12', Number(op.msrpm.EFER.write));
  if (op.efer) {
    write(port, 'efer12', mask(op.efer));
    write(port, 'efer12Given', 1);
  }
  if (op.nestedPaging !== undefined) write(port, 'np12', Number(op.nestedPaging));
  if (op.asid !== undefined) write(port, 'asid12', op.asid);
  if (op.rip === 'next') write(port, 'rip12', port.read('rip12') + 1);
  else if (op.rip !== undefined) write(port, 'rip12', codePointer('l2', op.rip));
}

function tripleFault(interpreter: Interpreter, port: VcpuPort, via: 'exceptions' | 'hardware'): void {
  write(port, 'emptyIdt', 1);
  interpreter.call(via === 'hardware' ? 'processor: shutdown' : 'processor: UD2');
  handleExit(interpreter);
  // After a shutdown the guest is still stuck: running it again shuts it down again.
  if (port.read('run') !== stateIndex('run', 'shutdown')) write(port, 'emptyIdt', 0);
}

/** Carry out one operation of guest code. The vCPU must be in the guest. */
export function operateInGuest(interpreter: Interpreter, port: VcpuPort, op: CodeOp): void {
  switch (op.do) {
    case 'WRMSR':
      return instruction(interpreter, 'WRMSR', {
        msr: msrIndex[op.msr],
        has_value: Number(op.value !== undefined),
        value: op.value === undefined ? 0 : foldValue(op.msr, op.value),
        set: mask(op.set),
        clear: mask(op.clear),
      });
    case 'RDMSR':
      return instruction(interpreter, 'RDMSR', { msr: msrIndex[op.msr] });
    case 'CPL':
      write(port, port.read('vmcb') === stateIndex('vmcb', 'vmcb01') ? 'cpl01' : 'cpl02', op.cpl);
      return skip(port);
    case 'VMCB12':
      editVmcb12(port, op);
      return skip(port);
    case 'VMRUN':
    case 'VMLOAD':
    case 'VMSAVE':
    case 'VMMCALL':
    case 'STGI':
    case 'CLGI':
    case 'SKINIT':
    case 'INVLPGA':
    case 'CPUID':
    case 'HLT':
    case 'EXIT':
      return instruction(interpreter, op.do);
    case 'RSM':
      interpreter.call('processor: RSM');
      return handleExit(interpreter);
    case 'TRIPLE_FAULT':
      return tripleFault(interpreter, port, op.via ?? 'exceptions');
    case 'SMRAM':
      write(port, 'smramEfer', (port.read('smramEfer') | mask(op.efer.set)) & ~mask(op.efer.clear));
      return skip(port);
    case 'END':
      return;
    default:
      return assertNever(op);
  }
}

function changed(port: VcpuPort, change: EferChange): number {
  return (archEfer(port) | mask(change.set)) & ~mask(change.clear);
}

/** What an ioctl returned. */
export interface Returned {
  readonly errno: number;
  readonly count?: number;
}

function ioctl(port: VcpuPort, work: () => Returned): Returned {
  port.apply({ type: 'IOCTL' });
  const returned = work();
  port.apply({ type: 'EXIT_TO_USERSPACE' });
  return returned;
}

function setNestedState(
  interpreter: Interpreter,
  port: VcpuPort,
  op: UserspaceOp & { readonly do: 'KVM_SET_NESTED_STATE' },
): number {
  // Userspace sets what it got last; one that enters guest mode and got nothing yet gets it now, unseen.
  if (op.flags?.includes('GUEST_MODE') && port.read('got') === 0)
    interpreter.unobserved().call('svm_get_nested_state');
  const flags = op.restore
    ? {
        guest_mode: port.read('gotGuestMode'),
        run_pending: port.read('gotRunPending'),
        gif_set: port.read('gotGif'),
      }
    : {
        guest_mode: Number(op.flags?.includes('GUEST_MODE') ?? false),
        run_pending: Number(op.flags?.includes('RUN_PENDING') ?? false),
        gif_set: Number(op.flags?.includes('GIF_SET') ?? false),
      };
  return interpreter.call('svm_set_nested_state', flags);
}

function kvmRun(
  interpreter: Interpreter,
  port: VcpuPort,
  op: UserspaceOp & { readonly do: 'KVM_RUN' },
): Returned {
  port.apply({ type: 'IOCTL' });
  const returned = interpreter.call('kvm_arch_vcpu_ioctl_run', {
    immediate_exit: Number(op.immediateExit ?? false),
    dirty_regs: Number(op.syncSregs !== undefined),
    efer: op.syncSregs ? changed(port, op.syncSregs.efer) : 0,
  });
  if (returned !== 1 && returned !== resetReturn)
    interpreter.call('return_to_userspace', { is_exit: returned === 0 ? 1 : 0, errno: returned });
  return { errno: returned < 0 ? returned : 0 };
}

/** What userspace does not name it writes back as it got it. */
function eventFlags(
  port: VcpuPort,
  op: UserspaceOp & { readonly do: 'KVM_SET_VCPU_EVENTS' },
): Readonly<Record<string, number>> {
  return {
    valid_smm: Number(op.smm !== undefined || op.latchedInit !== undefined),
    smm: Number(op.smm ?? port.read('smm') === stateIndex('smm', 'inside')),
    latched_init: Number(op.latchedInit ?? port.read('initLatched') === 1),
    valid_triple_fault: Number(op.tripleFault !== undefined),
    triple_fault: Number(op.tripleFault ?? false),
  };
}

/** Carry out one ioctl. Userspace must have the vCPU. */
export function operateFromUserspace(interpreter: Interpreter, port: VcpuPort, op: UserspaceOp): Returned {
  switch (op.do) {
    case 'KVM_RUN':
      return kvmRun(interpreter, port, op);
    case 'KVM_SET_SREGS':
      return ioctl(port, () => {
        const errno = interpreter.call('kvm_arch_vcpu_ioctl_set_sregs', { efer: changed(port, op.efer) });
        // A write-back of what is there is that of all registers: KVM_SET_REGS follows, as in the recordings.
        if (!op.efer.set?.length && !op.efer.clear?.length) interpreter.call('__set_regs');
        return { errno };
      });
    case 'KVM_SET_MSRS':
      return ioctl(port, () => {
        write(port, 'msr', msrIndex.EFER);
        const refused = interpreter.call('do_set_msr', { data: changed(port, op.efer) });
        return { errno: 0, count: refused === 0 ? 1 : 0 };
      });
    case 'KVM_GET_NESTED_STATE':
      return ioctl(port, () => ({ errno: interpreter.call('svm_get_nested_state') }));
    case 'KVM_SET_NESTED_STATE':
      return ioctl(port, () => ({ errno: setNestedState(interpreter, port, op) }));
    case 'KVM_SMI':
      return ioctl(port, () => {
        port.apply({ type: 'REQUEST_SMI' });
        return { errno: 0 };
      });
    case 'KVM_SET_VCPU_EVENTS':
      return ioctl(port, () => ({
        errno: interpreter.call('kvm_vcpu_ioctl_x86_set_vcpu_events', eventFlags(port, op)),
      }));
    case 'CLOSE':
      return ioctl(port, () => ({ errno: interpreter.call('svm_vcpu_free') }));
    default:
      return assertNever(op);
  }
}
