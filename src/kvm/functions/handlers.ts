import { all, any, bitAnd, fact, local, not } from '#machine/expr.ts';
import { call, effect, fn, giveBack, test, trace, write } from '../ir.ts';
import { archEfer, cpl, exitReason, isGuestMode, svmeMask, udVector } from '../words.ts';
import { completion } from './msr.ts';

/** Exit handlers of single instructions. Source: svm.c, nested.c, x86.c of Linux 6.12.117. */

export const nested_svm_check_permissions = fn('nested_svm_check_permissions', 'svm/nested.c', [
  test(
    '!(vcpu->arch.efer & EFER_SVME) || !is_paging(vcpu)',
    any(not(bitAnd(archEfer, svmeMask)), not(fact('paging'))),
    [call('kvm_queue_exception', { vector: udVector }), giveBack('return 1', 1)],
    [],
    { by: 'apm', source: 'APM vol. 3, SVM instructions: #UD with EFER.SVME=0' },
  ),
  test(
    'to_svm(vcpu)->vmcb->save.cpl',
    cpl,
    [call('kvm_queue_exception_e', { vector: 13 }), giveBack('return 1', 1)],
    [],
    {
      by: 'apm',
      source: 'APM vol. 3, SVM instructions: #GP with CPL > 0',
    },
  ),
  giveBack('return 0', 0),
]);

const permissions = [
  call('nested_svm_check_permissions', {}, { into: 'fault' }),
  test('nested_svm_check_permissions(vcpu)', local('fault'), [giveBack('return 1', 1)]),
];

export const intr_interception = fn('intr_interception', 'svm/svm.c', [giveBack('return 1', 1)], {
  visibility: 'inlined',
});

export const vmrun_interception = fn('vmrun_interception', 'svm/svm.c', [
  ...permissions,
  call('nested_svm_vmrun', {}, { into: 'r' }),
  giveBack('return nested_svm_vmrun(vcpu)', local('r')),
]);

export const vmmcall_interception = fn('vmmcall_interception', 'svm/svm.c', [
  test(
    'is_guest_mode(vcpu) && !nested_svm_is_l2_tlb_flush_hcall(vcpu)',
    isGuestMode,
    [call('kvm_queue_exception', { vector: udVector }), giveBack('return 1', 1)],
    [],
    { by: 'apm', source: 'APM vol. 3, VMMCALL: #UD if not intercepted; c36991c6f8d2' },
  ),
  call('kvm_emulate_hypercall', {}, { into: 'r' }),
  giveBack('return kvm_emulate_hypercall(vcpu)', local('r')),
]);

export const kvm_emulate_hypercall = fn('kvm_emulate_hypercall', 'x86.c', [
  trace('kvm_hypercall'),
  call('kvm_skip_emulated_instruction', {}, { into: 'r' }),
  giveBack('return kvm_skip_emulated_instruction(vcpu)', local('r')),
]);

const vmloadVmsave = (name: string) =>
  fn(name, 'svm/svm.c', [
    call('vmload_vmsave_interception', {}, { into: 'r' }),
    giveBack('return vmload_vmsave_interception()', local('r')),
  ]);

export const vmload_interception = vmloadVmsave('vmload_interception');
export const vmsave_interception = vmloadVmsave('vmsave_interception');

export const vmload_vmsave_interception = fn('vmload_vmsave_interception', 'svm/svm.c', [
  ...permissions,
  call('kvm_skip_emulated_instruction', {}, { into: 'ret' }),
  call('svm_copy_vmloadsave_state'),
  giveBack('return ret', local('ret')),
]);

export const svm_copy_vmloadsave_state = fn('svm_copy_vmloadsave_state', 'svm/nested.c', [
  effect('copy FS, GS, TR, LDTR and the SYSCALL and SYSENTER MSRs', [], {
    by: 'apm',
    source: 'APM vol. 3, VMLOAD, VMSAVE',
  }),
]);

export const skinit_interception = fn('skinit_interception', 'svm/svm.c', [
  trace('kvm_skinit'),
  call('kvm_queue_exception', { vector: udVector }),
  giveBack('return 1', 1),
]);

export const invlpga_interception = fn('invlpga_interception', 'svm/svm.c', [
  ...permissions,
  trace('kvm_invlpga'),
  call('kvm_skip_emulated_instruction', {}, { into: 'r' }),
  giveBack('return kvm_skip_emulated_instruction(vcpu)', local('r')),
]);

export const kvm_emulate_cpuid = fn('kvm_emulate_cpuid', 'cpuid.c', [
  trace('kvm_cpuid'),
  call('kvm_skip_emulated_instruction', {}, { into: 'r' }),
  giveBack('return kvm_skip_emulated_instruction(vcpu)', local('r')),
]);

export const kvm_emulate_halt = fn('kvm_emulate_halt', 'x86.c', [
  call('kvm_skip_emulated_instruction', {}, { into: 'ret' }),
  call('kvm_emulate_halt_noskip', {}, { into: 'r' }),
  giveBack('return kvm_emulate_halt_noskip(vcpu) && ret', all(local('r'), local('ret'))),
]);

export const kvm_emulate_halt_noskip = fn('kvm_emulate_halt_noskip', 'x86.c', [
  test('lapic_in_kernel(vcpu)', fact('irqchip'), [
    test('kvm_vcpu_has_events(vcpu)', fact('initLatched'), [giveBack('return 1', 1)]),
    effect('vcpu->arch.mp_state = KVM_MP_STATE_HALTED', [write('halted', 1)]),
    giveBack('return 1', 1),
  ]),
  exitReason('KVM_EXIT_HLT'),
  giveBack('return 0', 0),
]);

export const io_interception = fn('io_interception', 'svm/svm.c', [
  effect('svm->next_rip = svm->vmcb->control.exit_info_2', [write('svmNextRip', fact('exitInfo2'))]),
  call('kvm_fast_pio', {}, { into: 'r' }),
  giveBack('return kvm_fast_pio()', local('r')),
]);

export const kvm_fast_pio = fn('kvm_fast_pio', 'x86.c', [
  effect('vcpu->arch.complete_userspace_io = complete_fast_pio_out', [
    write('completion', completion.portWrite),
  ]),
  exitReason('KVM_EXIT_IO'),
  giveBack('return 0', 0),
]);

export const complete_fast_pio_out = fn(
  'complete_fast_pio_out',
  'x86.c',
  [
    call('kvm_skip_emulated_instruction', {}, { into: 'r' }),
    giveBack('return kvm_skip_emulated_instruction(vcpu)', local('r')),
  ],
  { visibility: 'inlined' },
);
