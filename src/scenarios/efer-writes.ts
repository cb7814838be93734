import { defaults } from '#program/types.ts';
import { clearSvme, programOf, setSvme, type Scenario } from './scenario.ts';

/** L2 writes EFER: intercepted or not, and what follows. */

const l1 = [{ do: 'VMRUN' }, { do: 'RDMSR', msr: 'EFER' }, { do: 'END' }] as const;
const l2 = [clearSvme, { do: 'VMMCALL' }] as const;
const intercepting = (write: boolean) =>
  ({
    ...defaults.vmcb12,
    intercepts: ['VMRUN', 'VMMCALL', 'MSR_PROT'],
    msrpm: { EFER: { read: false, write } },
  }) as const;
const oneRun = [{ do: 'KVM_RUN' }] as const;

export const notIntercepted: Scenario = {
  id: 'l2-clears-svme',
  title: 'L2 clears EFER.SVME, not intercepted: MSR_PROT off',
  claim:
    'L2 clears EFER.SVME, L1 does not intercept it: `7.0` drops out of guest mode without a #VMEXIT and runs L1 with L2\u2019s registers; `7.1` raises a triple fault instead.',
  program: programOf('L2 clears EFER.SVME, L1 does not intercept', { l1, l2 }, { userspace: oneRun }),
  notes: [
    'L1 is about to start its guest. It intercepts `VMRUN` and `VMMCALL`, and nothing about MSRs.',
    'L2 runs, with its own view of EFER: SVME is set, as VMRUN demands. Its next instruction clears it. L1 does not intercept that write, so L0 carries it out.',
    'The kernels part in `svm_set_efer()`. The manual calls this undefined, so each answer is KVM\u2019s choice. In `7.0` L1 now goes on behind its VMRUN as if a #VMEXIT had come, with L2\u2019s general registers and a stale exit code in vmcb12.',
    'A VMM that calls KVM_RUN again after the SHUTDOWN gets what `7.0` did at once: nested state is gone, L2\u2019s registers are in place.',
  ],
  kernels: ['7.0', '7.1'],
  startAt: 1,
};

export const intercepted: Scenario = {
  id: 'l2-clears-svme-intercepted',
  title: 'L2 clears EFER.SVME, intercepted',
  claim:
    'Where L1 intercepts the EFER write, every version does the same: a #VMEXIT `msr`, and `svm_set_efer()` only restores L1.',
  program: programOf(
    'L2 clears EFER.SVME, L1 intercepts the write',
    { l1, l2 },
    { vmcb12: intercepting(true) },
  ),
  notes: [
    'L1 sets MSR_PROT and the EFER write bit of its MSR permission map, as the manual tells a VMM to.',
    'L2 runs. Its write to EFER will be L1\u2019s to handle.',
    '`nested_svm_exit_handled_msr()` finds the bit set: NESTED_EXIT_DONE. L1 gets its #VMEXIT with code 0x7c and GIF clear; no patch of the discussion makes a difference.',
  ],
  kernels: ['7.0', '7.0+v1', '7.0+v2', '7.1'],
  startAt: 1,
};

export const bitmapClear: Scenario = {
  id: 'l2-clears-svme-bitmap-clear',
  title: 'L2 clears EFER.SVME, not intercepted: bitmap bit clear',
  claim:
    'MSR_PROT alone intercepts nothing: with the EFER write bit of the map clear the write is L0\u2019s, as with MSR_PROT off.',
  program: programOf(
    'L2 clears EFER.SVME, MSR_PROT on, map bit clear',
    { l1, l2 },
    { vmcb12: intercepting(false), userspace: oneRun },
  ),
  notes: [
    'L1 sets MSR_PROT, but leaves the EFER bits of its map clear.',
    'L2 runs. KVM reads the map in L1\u2019s memory at each exit, so L1 may still flip the bit.',
    'The test of MSR_PROT passes, the bit is clear: NESTED_EXIT_HOST. From there on the story is that of MSR_PROT off.',
  ],
  kernels: ['7.0', '7.1'],
  startAt: 1,
};

export const withoutNrips: Scenario = {
  id: 'l2-clears-svme-no-nrips',
  title: 'L2 clears EFER.SVME, not intercepted, without NRIPS',
  claim:
    'Without NRIPS the skip after the write decodes at L2\u2019s RIP, so L2\u2019s own code goes on in L1\u2019s context; with NRIPS it is L1\u2019s code with L2\u2019s registers.',
  program: programOf(
    'L2 clears EFER.SVME, nrips=0',
    { l1, l2 },
    { host: { ...defaults.host, nrips: false }, userspace: oneRun },
  ),
  notes: [
    'The host has no NRIPS, as the emulator of the recordings.',
    'L2 runs and is about to clear SVME.',
    '`kvm_skip_emulated_instruction()` runs on vmcb01 by now. With no next_rip there, KVM decodes at the current RIP, which is L2\u2019s.',
    'On `7.0` L2\u2019s VMMCALL is now a hypercall of L1: L1 never sees a #VMEXIT.',
  ],
  kernels: ['7.0', '7.1'],
  startAt: 1,
};

export const clearThenSet: Scenario = {
  id: 'l2-clears-then-sets',
  title: 'L2 clears EFER.SVME, then sets it again',
  claim:
    '`v1` lets L2 toggle SVME and keeps it in guest mode; elsewhere guest mode is gone after the first write, and whoever sets SVME again does so as L1.',
  program: programOf(
    'L2 clears EFER.SVME, then sets it',
    { l1: [{ do: 'VMRUN' }, setSvme, { do: 'END' }], l2: [clearSvme, setSvme, { do: 'VMMCALL' }] },
    { userspace: oneRun },
  ),
  notes: [
    'L1 starts L2; nothing about MSRs is intercepted.',
    'L2 clears SVME first.',
    '`v1` only changes `vcpu->arch.efer`: guest mode stays on with SVME=0, which the comment in `svm_set_nested_state()` rules out (I6).',
    'On `v1` the second write restores the bit, and nothing was allocated or freed. On `7.0` it is L1\u2019s code that runs, and its write allocates anew.',
    'On `v1` VMMCALL is the #VMEXIT that L1 waits for.',
  ],
  kernels: ['7.0', '7.0+v1', '7.1'],
  startAt: 1,
};
