import { defaults } from '#program/types.ts';
import { clearSvme, programOf, setSvme, type Scenario } from './scenario.ts';

/** L1's own EFER writes and VMRUN: the life of the nested state without the bug. */

const plainGuest = defaults.guest;

export const l1Toggles: Scenario = {
  id: 'l1-sets-and-clears',
  title: 'L1 sets and clears EFER.SVME',
  claim:
    'The nested state lives exactly as long as L1\u2019s EFER.SVME: setting it allocates, clearing it frees, and no patch of the series changes that.',
  program: programOf(
    'L1 sets and clears EFER.SVME',
    { l1: [setSvme, clearSvme, { do: 'VMRUN' }] },
    { guest: plainGuest },
  ),
  notes: [
    'SVME is clear, nothing is allocated. L1 sets the bit.',
    '`svm_allocate_nested()` made vmcb02 and the nested MSR map. Now L1 clears the bit.',
    '`svm_leave_nested()` finds no guest mode to leave, `svm_free_nested()` frees. The tests of `v2` and `7.1` are false: L1 is not in guest mode.',
    'With SVME clear VMRUN is #UD: `nested_svm_check_permissions()`.',
  ],
  kernels: ['7.0', '7.0+v1', '7.0+v2', '7.1'],
  startAt: 0,
};

export const gifAndSvme: Scenario = {
  id: 'gif-and-svme',
  title: 'L1 clears EFER.SVME with GIF=0',
  claim:
    '`6.12` sets GIF whenever SVME is cleared; since 8312f1b9dd71, part of `7.0`, GIF stays as L1 left it.',
  program: programOf(
    'CLGI, then EFER.SVME is cleared',
    { l1: [{ do: 'CLGI' }, clearSvme] },
    { host: { ...defaults.host, vgif: false } },
  ),
  notes: [
    'L1 clears GIF.',
    'GIF is clear: interrupts, NMI and SMI wait. Now L1 clears SVME.',
    'In `6.12` `svm_set_efer()` calls `svm_set_gif()` always. In `7.0` the call stands in `svm_leave_nested()`, behind `is_guest_mode(vcpu)`, and is not reached.',
  ],
  kernels: ['6.12', '7.0'],
  startAt: 0,
};

export const vmrunInvalid: Scenario = {
  id: 'vmrun-svme-clear',
  title: 'VMRUN with EFER.SVME clear in vmcb12',
  claim:
    'VMRUN demands EFER.SVME=1 of its guest: VMEXIT_INVALID, guest mode is never entered; `6.12` then clears GIF; `7.0` and `7.1`, modelled here without f85a6ce06e4a, leave it set.',
  program: programOf(
    'VMRUN with vmcb12.save.efer.SVME=0',
    {
      l1: [{ do: 'VMRUN' }, { do: 'VMCB12', efer: ['LME', 'LMA', 'NX', 'SVME'] }, { do: 'VMRUN' }],
      l2: [{ do: 'VMMCALL' }],
    },
    { vmcb12: { ...defaults.vmcb12, efer: ['LME', 'LMA', 'NX'] } },
  ),
  notes: [
    'vmcb12 holds an EFER without SVME, as it would after L2 cleared it on `v1`.',
    '`__nested_vmcb_check_save()` fails at its first check. vmcb12 gets exit code -1.',
    'L1 repairs vmcb12.',
    'This time the checks pass and L2 runs.',
  ],
  kernels: ['6.12', '7.0'],
  startAt: 0,
};

export const allocationFails: Scenario = {
  id: 'allocation-fails',
  title: 'L1 sets EFER.SVME, the allocation fails',
  claim:
    'If the nested state cannot be allocated, EFER stays as it was and KVM_RUN returns -ENOMEM to userspace: no #GP, RIP unchanged.',
  program: programOf(
    'L1 sets EFER.SVME, -ENOMEM',
    { l1: [setSvme] },
    { guest: plainGuest, host: { ...defaults.host, allocNestedFails: true } },
  ),
  notes: [
    'The host has no memory left for vmcb02.',
    '`svm_set_efer()` had written `vcpu->arch.efer` already and puts the old value back. `kvm_emulate_wrmsr()` hands the negative value up: RIP still stands on the WRMSR.',
  ],
  kernels: ['7.0', '7.0+v1', '7.1'],
  startAt: 0,
};
