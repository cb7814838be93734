import { eferValue } from '#isa/efer.ts';
import { packIntercepts } from '#isa/intercepts.ts';
import { Interpreter } from '#kvm/interpreter.ts';
import type { Kernel } from '#kvm/kernel.ts';
import { ChartPort, initialSnapshot } from '#machine/chart-port.ts';
import { codePointer } from '#machine/code-pointer.ts';
import type { VcpuSnapshot } from '#machine/facts.ts';
import type { VcpuPort } from '#machine/port.ts';
import { interceptWordRegisters, type Registers } from '#machine/registers.ts';
import { hostOptionNames, type Program } from './types.ts';

/** What the program says of the registers, before any code has run. */
export function givenRegisters(program: Program): Partial<Registers> {
  const { host, guest, vmcb12 } = program;
  const words = packIntercepts(vmcb12.intercepts);
  return {
    ...Object.fromEntries(hostOptionNames.map((name) => [name, Number(host[name])])),
    // The state that the program starts from is there already; memory is short from then on.
    allocNestedFails: 0,
    cpuidSvm: Number(guest.cpuidSvm),
    hsave: Number(guest.hsave),
    paging: 1,
    rip: codePointer('l1', 0),
    ...Object.fromEntries(interceptWordRegisters.vmcb12.map((register, index) => [register, words[index]])),
    np12: Number(vmcb12.nestedPaging),
    asid12: 1,
    msrpmRead12: Number(vmcb12.msrpm.EFER.read),
    msrpmWrite12: Number(vmcb12.msrpm.EFER.write),
    efer12: eferValue(vmcb12.efer ?? []),
    efer12Given: Number(vmcb12.efer !== undefined),
    rip12: codePointer('l2', 0),
    wantsToRun: 1,
  };
}

/**
 * The vCPU as the program finds it: made by the kernel's own code, from `init_vmcb()` to the first entry into L1.
 * What userspace wrote before, EFER and GIF, goes through `svm_set_efer()` and the flag itself.
 */
export function boot(kernel: Kernel, program: Program): VcpuSnapshot {
  const port = new ChartPort(initialSnapshot(givenRegisters(program)));
  bootInto(new Interpreter(kernel, port), port, program);
  return port.snapshot;
}

/** The same on a vCPU that has `givenRegisters()` and everything else as it is made. */
export function bootInto(interpreter: Interpreter, port: VcpuPort, program: Program): void {
  port.apply({ type: 'VMEXIT' });
  interpreter.call('init_vmcb');
  interpreter.call('svm_set_efer', { efer: eferValue(program.guest.efer) });
  if (!program.guest.gif) port.apply({ type: 'CLEAR_GIF' });
  interpreter.call('vcpu_run');
  port.apply({ type: 'WRITE', register: 'allocNestedFails', value: Number(program.host.allocNestedFails) });
}
