import { defaults } from '#program/types.ts';
import { clearSvme, programOf, type Scenario } from './scenario.ts';

/** Userspace writes EFER while L2 is active, and what tells it apart from L2. */

const l1 = [{ do: 'VMRUN' }, { do: 'END' }] as const;
const l2 = [{ do: 'EXIT' }, { do: 'VMMCALL' }] as const;

export const sregsInL2: Scenario = {
  id: 'userspace-sregs',
  title: 'Userspace loads SVME=0 with KVM_SET_SREGS while L2 is active',
  claim:
    'A VMM that restores a snapshot clears SVME while still in guest mode: `v2` answers with a triple fault that nobody earned, `7.1` does not.',
  program: programOf(
    'KVM_SET_SREGS clears EFER.SVME in guest mode',
    { l1, l2 },
    {
      userspace: [
        { do: 'KVM_RUN', immediateExit: true },
        { do: 'KVM_SET_SREGS', efer: { clear: ['SVME'] } },
        { do: 'KVM_SET_NESTED_STATE', flags: ['GIF_SET'] },
        { do: 'KVM_RUN' },
      ],
    },
  ),
  notes: [
    'A VMM is about to interrupt L2 and load another state.',
    'L2 runs until its port write gives userspace the vCPU.',
    'Userspace has the vCPU, in guest mode. An immediate KVM_RUN completes the port write.',
    'Registers come before nested state: QEMU, too, loads SREGS first.',
    '`__set_sregs_common()` calls `svm_set_efer()`, guest mode is still on. `v2` asks nothing more and requests a triple fault; `7.1` asks for `vcpu->wants_to_run`, which is false outside KVM_RUN.',
    'Leaving nested changes nothing about the request.',
    'The next KVM_RUN of `v2` is a KVM_EXIT_SHUTDOWN, raised by `vcpu_enter_guest()` for the request that `svm_set_efer()` made (I13). The others run.',
  ],
  kernels: ['7.0', '7.0+v2', '7.1'],
  startAt: 3,
};

export const syncRegs: Scenario = {
  id: 'userspace-sync-regs',
  title: 'Userspace clears SVME by sync regs of KVM_RUN',
  claim:
    'Sync regs are applied inside KVM_RUN, where `wants_to_run` is true already: what was merged takes them for L2\u2019s own write and shuts the VM down.',
  program: programOf(
    'KVM_RUN with dirty sync regs that clear SVME',
    { l1, l2 },
    { userspace: [{ do: 'KVM_RUN', syncSregs: { efer: { clear: ['SVME'] } } }, { do: 'KVM_RUN' }] },
  ),
  notes: [
    'Userspace will write SREGS through `kvm_run->s.regs`.',
    'L2 runs until its port write gives userspace the vCPU.',
    'The registers are dirty; KVM_RUN loads them on entry.',
    '`kvm_arch_vcpu_ioctl_run()` calls `__set_sregs()` with `wants_to_run` set: the test of `7.1` holds. The list did not discuss this; it was recorded since. `hook` is not misled.',
  ],
  kernels: ['7.0', '7.0+hook', '7.1'],
  startAt: 2,
};

export const filteredWrite: Scenario = {
  id: 'userspace-filtered-write',
  title: 'A filtered EFER write, carried out by userspace',
  claim:
    'If an MSR filter hands L2\u2019s write to userspace, `7.1` and `hook` miss it: L1 runs with L2\u2019s registers as on `7.0`; only `v2` stops it.',
  program: programOf(
    'Filtered EFER write of L2, done by KVM_SET_MSRS',
    { l1, l2: [clearSvme, { do: 'VMMCALL' }] },
    {
      host: { ...defaults.host, eferWriteFilter: true },
      userspace: [{ do: 'KVM_SET_MSRS', efer: { clear: ['SVME'] } }, { do: 'KVM_RUN' }],
    },
  ),
  notes: [
    'A userspace MSR filter denies writes of EFER.',
    'L2 clears SVME; L1 does not intercept.',
    'The filter denies it: KVM_EXIT_X86_WRMSR. Guest mode is on, nothing happened yet.',
    'Userspace carries the write out for the guest. Outside KVM_RUN `wants_to_run` is false, so the test of `7.1` fails.',
    'KVM_RUN finishes the instruction, on vmcb01.',
  ],
  kernels: ['7.0', '7.0+v2', '7.0+hook', '7.1'],
  startAt: 2,
};

export const shutdownIntercept: Scenario = {
  id: 'shutdown-intercept',
  title: 'L1 intercepts SHUTDOWN and L2 clears EFER.SVME',
  claim:
    'L1\u2019s SHUTDOWN intercept does not save it on `7.1`: guest mode is left before the request is handled.',
  program: programOf(
    'L2 clears EFER.SVME, L1 intercepts SHUTDOWN',
    { l1, l2: [clearSvme, { do: 'VMMCALL' }] },
    { vmcb12: { ...defaults.vmcb12, intercepts: ['VMRUN', 'VMMCALL', 'SHUTDOWN'] } },
  ),
  notes: [
    'L1 wants to see its guest shut down.',
    'L2 clears SVME; L1 does not intercept that.',
    'In `vcpu_enter_guest()` the test `is_guest_mode(vcpu)` is false by then, so `nested_svm_triple_fault()` is not called: KVM_EXIT_SHUTDOWN, not a #VMEXIT.',
  ],
  kernels: ['7.0', '7.1'],
  startAt: 1,
};
