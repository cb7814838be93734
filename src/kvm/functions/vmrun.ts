import { eferMask } from '#isa/efer.ts';
import { all, bitAnd, bitAndNot, choose, equal, fact, local, not } from '#machine/expr.ts';
import { interceptWordRegisters } from '#machine/registers.ts';
import { call, effect, fn, giveBack, send, test, trace, write, type Node } from '../ir.ts';
import {
  archEfer,
  errno,
  isSmm,
  l1Intercepts,
  nestedInitialized,
  onVmcb02,
  requestEvent,
  svmeMask,
  udVector,
  warnOn,
} from '../words.ts';
import { exitErr } from './exit.ts';

/** VMRUN as KVM emulates it for L1. Source: nested.c of Linux 6.12.117. */

/** What VMRUN checks before it looks at vmcb12: VM_HSAVE_PA, SMM; then it skips the instruction. */
export const vmrunPrologue: readonly Node[] = [
  test(
    '!svm->nested.hsave_msr',
    not(fact('hsave')),
    [call('kvm_queue_exception_e', { vector: 13 }), giveBack('return 1', 1)],
    [],
    {
      by: 'apm',
      source: 'APM vol. 2, VM_HSAVE_PA',
    },
  ),
  test('is_smm(vcpu)', isSmm, [call('kvm_queue_exception', { vector: udVector }), giveBack('return 1', 1)]),
  call('kvm_skip_emulated_instruction', {}, { into: 'ret' }),
  warnOn('WARN_ON_ONCE(!svm->nested.initialized)', not(nestedInitialized), 'I2', [
    giveBack('return -EINVAL', errno.EINVAL),
  ]),
  call('nested_copy_vmcb_control_to_cache', { from_payload: 0 }),
  call('__nested_copy_vmcb_save_to_cache', { to_nested: 1 }),
];

/** What VMRUN does once vmcb12 is found consistent. */
export const vmrunEntry: readonly Node[] = [
  effect('vmcb01->save takes the state of L1', [write('efer01', archEfer), write('rip01', fact('rip'))], {
    by: 'apm',
    source: 'APM vol. 2, VMRUN: host state is saved, RIP after VMRUN',
  }),
  effect('svm->nested.nested_run_pending = 1', [write('runPending', 1)]),
  call('enter_svm_guest_mode', { from_vmrun: 1 }),
  call('nested_svm_vmrun_msrpm'),
  giveBack('return ret', local('ret')),
];

export const failedVmrun = effect(
  'vmcb12->control.exit_code = SVM_EXIT_ERR',
  [write('exitCode12', exitErr())],
  { by: 'apm', source: 'APM vol. 2, VMRUN: VMEXIT_INVALID' },
);

export const nested_svm_vmrun = fn('nested_svm_vmrun', 'svm/nested.c', [
  ...vmrunPrologue,
  call('nested_svm_check_cached_vmcb12', {}, { into: 'consistent' }),
  test('nested_svm_check_cached_vmcb12(vcpu) < 0', equal(local('consistent'), errno.EINVAL), [
    failedVmrun,
    call('svm_set_gif', { value: 0 }, { by: 'apm', source: 'APM vol. 2, #VMEXIT clears GIF; f85a6ce06e4a' }),
    giveBack('return ret', local('ret')),
  ]),
  ...vmrunEntry,
]);

const fromPayload = local('from_payload');
const { vmcb12, got, cache } = interceptWordRegisters;

/** The source is vmcb12 in memory of L1, or the payload of KVM_SET_NESTED_STATE. */
export const nested_copy_vmcb_control_to_cache = fn(
  'nested_copy_vmcb_control_to_cache',
  'svm/nested.c',
  [
    effect('svm->nested.ctl takes the control area', [
      ...cache.map((register, index) =>
        write(register, choose(fromPayload, fact(got[index]!), fact(vmcb12[index]!))),
      ),
      write('np', choose(fromPayload, fact('gotNp'), fact('np12'))),
      write('asid', choose(fromPayload, fact('gotAsid'), fact('asid12'))),
      write('nextRip', choose(fromPayload, fact('gotNextRip'), 0)),
    ]),
  ],
  { params: ['from_payload'] },
);

/** The target is svm->nested.save, or a local copy that is only checked. */
export const __nested_copy_vmcb_save_to_cache = fn(
  '__nested_copy_vmcb_save_to_cache',
  'svm/nested.c',
  [effect('svm->nested.save takes the save area', [write('eferCached', fact('efer12'), local('to_nested'))])],
  { params: ['to_nested'] },
);

/** The cached control area as `__nested_vmcb_check_controls()` takes it. */
export const cachedControls = { vmrun: l1Intercepts('VMRUN'), asid: fact('asid'), np: fact('np') };

export const nested_svm_check_cached_vmcb12 = fn('nested_svm_check_cached_vmcb12', 'svm/nested.c', [
  call('__nested_vmcb_check_save', { efer: fact('eferCached') }, { into: 'save' }),
  test('!nested_vmcb_check_save(vcpu)', not(local('save')), [giveBack('return -EINVAL', errno.EINVAL)]),
  call('__nested_vmcb_check_controls', cachedControls, { into: 'controls' }),
  test('!nested_vmcb_check_controls(vcpu)', not(local('controls')), [
    giveBack('return -EINVAL', errno.EINVAL),
  ]),
  giveBack('return 0', 0),
]);

/** CC(): a consistency check, which raises kvm_nested_vmenter_failed with its text. */
function consistency(text: string, when: Parameters<typeof test>[1], source: string): Node {
  return test(`CC(${text})`, when, [trace('kvm_nested_vmenter_failed'), giveBack('return false', 0)], [], {
    by: 'apm',
    source,
  });
}

export const __nested_vmcb_check_save = fn(
  '__nested_vmcb_check_save',
  'svm/nested.c',
  [
    consistency(
      '!(save->efer & EFER_SVME)',
      not(bitAnd(local('efer'), svmeMask)),
      'APM vol. 2, VMRUN: EFER.SVME is zero',
    ),
    call('kvm_valid_efer', { efer: local('efer') }, { into: 'valid' }),
    consistency(
      '!kvm_valid_efer(vcpu, save->efer)',
      not(local('valid')),
      'APM vol. 2, VMRUN: MBZ bit of EFER',
    ),
    giveBack('return true', 1),
  ],
  { params: ['efer'] },
);

export const __nested_vmcb_check_controls = fn(
  '__nested_vmcb_check_controls',
  'svm/nested.c',
  [
    consistency(
      '!vmcb12_is_intercept(control, INTERCEPT_VMRUN)',
      not(local('vmrun')),
      'APM vol. 2, VMRUN: the VMRUN intercept is clear',
    ),
    consistency('control->asid == 0', not(local('asid')), 'APM vol. 2, VMRUN: ASID is zero'),
    consistency(
      '(control->nested_ctl & SVM_NESTED_CTL_NP_ENABLE) && !npt_enabled',
      all(local('np'), not(fact('npt'))),
      'KVM: nested paging needs that of the host',
    ),
    call('nested_svm_check_bitmap_pa'),
    call('nested_svm_check_bitmap_pa'),
    giveBack('return true', 1),
  ],
  { params: ['vmrun', 'asid', 'np'] },
);

export const nested_svm_check_bitmap_pa = fn('nested_svm_check_bitmap_pa', 'svm/nested.c', [
  giveBack('return the map lies below the physical limit', 1, {
    by: 'apm',
    source: 'APM vol. 2, VMRUN: MSRPM and IOPM',
  }),
]);

export const enter_svm_guest_mode = fn(
  'enter_svm_guest_mode',
  'svm/nested.c',
  [
    trace('kvm_nested_vmenter'),
    warnOn('WARN_ON(svm->vmcb == svm->nested.vmcb02.ptr)', onVmcb02, 'I3'),
    call('svm_switch_vmcb', { target: 2 }),
    call('nested_vmcb02_prepare_control'),
    call('nested_vmcb02_prepare_save'),
    call('nested_svm_load_cr3'),
    test('!from_vmrun', not(local('from_vmrun')), [
      effect('kvm_make_request(KVM_REQ_GET_NESTED_STATE_PAGES, vcpu)', [send('REQUEST_NESTED_STATE_PAGES')]),
    ]),
    call('svm_set_gif', { value: 1 }, { by: 'apm', source: 'APM vol. 2, VMRUN sets GIF' }),
    giveBack('return 0', 0),
  ],
  { params: ['from_vmrun'] },
);

export const nested_vmcb02_prepare_control = fn('nested_vmcb02_prepare_control', 'svm/nested.c', [
  call('enter_guest_mode'),
  test('nested_npt_enabled(svm)', fact('np'), [call('kvm_init_shadow_npt_mmu')]),
  test('boot_cpu_has(X86_FEATURE_NRIPS)', fact('nrips'), [
    effect('vmcb02->control.next_rip = svm->nested.ctl.next_rip', [write('nextRip02', fact('nextRip'))]),
  ]),
  call('recalc_intercepts'),
]);

export const kvm_init_shadow_npt_mmu = fn('kvm_init_shadow_npt_mmu', 'mmu/mmu.c', [
  effect('vcpu->arch.mmu = &vcpu->arch.guest_mmu', [], { by: 'apm', source: 'APM vol. 2, Nested Paging' }),
]);

export const nested_vmcb02_prepare_save = fn('nested_vmcb02_prepare_save', 'svm/nested.c', [
  effect("vmcb02's segments are those of vmcb12", [write('cpl02', fact('cpl12'))]),
  effect('kvm_set_rflags(vcpu, vmcb12->save.rflags)', [], {
    by: 'apm',
    source: 'APM vol. 2, VMRUN: guest state is loaded',
  }),
  requestEvent,
  test('!(svm->nested.save.efer & EFER_LME)', not(bitAnd(fact('eferCached'), eferMask('LME'))), [
    effect('svm->nested.save.efer &= ~EFER_LMA', [
      write('eferCached', bitAndNot(fact('eferCached'), eferMask('LMA'))),
    ]),
  ]),
  call('svm_set_efer', { efer: fact('eferCached') }),
  call('svm_set_cr0'),
  call('svm_set_cr4'),
  effect('kvm_rip_write(vcpu, vmcb12->save.rip)', [write('rip', fact('rip12'))], {
    by: 'apm',
    source: 'APM vol. 2, VMRUN: guest state is loaded',
  }),
]);

const opaque = (name: string, file: string, text: string) => fn(name, file, [effect(text, [])]);

export const svm_set_cr0 = opaque('svm_set_cr0', 'svm/svm.c', 'CR0 of the current VMCB');
export const svm_set_cr4 = opaque('svm_set_cr4', 'svm/svm.c', 'CR4 of the current VMCB');
export const nested_svm_load_cr3 = opaque(
  'nested_svm_load_cr3',
  'svm/nested.c',
  'CR3, and the MMU that walks it',
);

export const nested_svm_vmrun_msrpm = fn('nested_svm_vmrun_msrpm', 'svm/nested.c', [
  test('!vmcb12_is_intercept(&svm->nested.ctl, INTERCEPT_MSR_PROT)', not(l1Intercepts('MSR_PROT')), [
    giveBack("return true: L0's map stays", 1),
  ]),
  effect("nested.msrpm = L0's map | L1's map", []),
  giveBack('return true', 1),
]);
