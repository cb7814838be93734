import type { RegionName, RegionState } from '#machine/facts.ts';
import type { WarnId } from '#machine/warns.ts';

/** What each state of the chart means, in the kernel's words. Code stands between backquotes. */
type Meanings = { readonly [Region in RegionName]: Readonly<Record<RegionState<Region>, string>> };

const request = (name: string, made: string, served: string) => ({
  idle: `\`KVM_REQ_${name}\` is not pending.`,
  pending: `\`KVM_REQ_${name}\` is pending: ${made}. \`vcpu_enter_guest()\` ${served}.`,
});

const meanings: Meanings = {
  run: {
    guest: 'The processor is inside VMRUN: guest code runs, L1 or L2, until a #VMEXIT.',
    kvm: 'KVM (L0) has the vCPU: an exit handler, `vcpu_run()` or an ioctl.',
    userspace: 'The ioctl has returned. The VMM has the vCPU and may read and write its state.',
    halted:
      '`vcpu->arch.mp_state` is `KVM_MP_STATE_HALTED`: the vCPU thread sleeps until something wakes it.',
    shutdown: 'KVM_RUN has returned `KVM_EXIT_SHUTDOWN`. Most VMMs end the VM here.',
  },
  guestMode: {
    l1: '`is_guest_mode(vcpu)` is false: to KVM, L1 runs.',
    l2: '`is_guest_mode(vcpu)` is true: L2 is active, exits go past the intercepts of L1 first.',
  },
  vmcb: {
    vmcb01: '`svm->vmcb == svm->vmcb01.ptr`: VMRUN loads what KVM keeps for L1.',
    vmcb02: '`svm->vmcb == svm->nested.vmcb02.ptr`: VMRUN loads what KVM merged for L2.',
  },
  svme: {
    clear:
      'EFER.SVME as the guest reads it, `vcpu->arch.efer`, is 0. In the VMCBs it stays 1: the processor needs it.',
    set: 'EFER.SVME as the guest reads it, `vcpu->arch.efer`, is 1.',
  },
  nested: {
    none: '`svm->nested.initialized` is false: no vmcb02, no permission map for L2.',
    allocated:
      '`svm->nested.initialized` is true: `svm_allocate_nested()` has made vmcb02 and the permission map for L2.',
  },
  gif: {
    set: 'GIF is 1, `gif_set(svm)`: interrupts, NMIs and SMIs can be delivered.',
    clear: 'GIF is 0: interrupts, NMIs and SMIs are held. A #VMEXIT to L1 clears it, VMRUN and STGI set it.',
  },
  smm: {
    outside: '`is_smm(vcpu)` is false.',
    inside: '`is_smm(vcpu)` is true: the SMM handler runs, until RSM.',
  },
  tripleFault: request(
    'TRIPLE_FAULT',
    'the vCPU shall shut down',
    'asks `nested_svm_triple_fault()` first in guest mode, then exits with `KVM_EXIT_SHUTDOWN`',
  ),
  getNestedStatePages: request(
    'GET_NESTED_STATE_PAGES',
    'userspace has put the vCPU into L2',
    'merges the permission maps before L2 runs',
  ),
  event: request(
    'EVENT',
    'something may have to be injected',
    'looks at exceptions, SMI, NMI and interrupts',
  ),
  smi: request('SMI', 'an SMI has come', 'makes it pending'),
  recalcIntercepts: request(
    'RECALC_INTERCEPTS',
    'EFER.SVME has changed',
    'computes the intercepts of VMLOAD, VMSAVE, STGI and CLGI again',
  ),
};

export function meaningOf(region: string, state: string): string {
  return (meanings as Readonly<Record<string, Readonly<Record<string, string>>>>)[region]?.[state] ?? '';
}

/** What the kernel asserts with each WARN of the chart, and where. */
export const warnWords: Readonly<Record<WarnId, string>> = {
  I1: 'the nested state is freed only with vmcb01 current: WARN in `svm_free_nested()`',
  I2: 'guest mode is entered only with the nested state allocated: WARN in `nested_svm_vmrun()`',
  I3: 'vmcb02 is switched to only from vmcb01: WARN in `enter_svm_guest_mode()`',
  I8: 'SMM and guest mode exclude each other',
  I9: 'no reset in guest mode or SMM: WARN in `kvm_vcpu_reset()`',
  I10: '`nested_run_pending` is 0 when guest mode is left: WARN in `nested_svm_vmexit()`',
  I16: '`KVM_REQ_GET_NESTED_STATE_PAGES` is pending only in guest mode: WARN in `svm_get_nested_state_pages()`',
};
