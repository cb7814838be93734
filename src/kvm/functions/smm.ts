import { eferMask } from '#isa/efer.ts';
import { exitCode } from '#isa/exit-codes.ts';
import { codePointer } from '#machine/code-pointer.ts';
import { add, all, bitAnd, bitAndNot, bitOr, choose, equal, fact, is, local, not } from '#machine/expr.ts';
import { call, effect, fn, giveBack, send, test, trace, write } from '../ir.ts';
import {
  archEfer,
  cpl,
  errno,
  isGuestMode,
  isSmm,
  l1Intercepts,
  onVmcb01,
  onVmcb02,
  requestEvent,
  smiBlocked,
  svmeMask,
  udVector,
} from '../words.ts';
import { msrIndex } from './msr.ts';

/** System management mode. Source: smm.c, svm.c, emulate.c of Linux 6.12.117. */

const lma = eferMask('LMA');
const lme = eferMask('LME');

export const process_smi = fn('process_smi', 'smm.c', [
  effect('vcpu->arch.smi_pending = true', [write('smiPending', 1)]),
  requestEvent,
]);

export const svm_smi_allowed = fn('svm_smi_allowed', 'svm/svm.c', [
  test('svm->nested.nested_run_pending', fact('runPending'), [giveBack('return -EBUSY', errno.EBUSY)]),
  test('svm_smi_blocked(vcpu)', smiBlocked, [giveBack('return 0', 0)], [], {
    by: 'apm',
    source: 'APM vol. 2, Response to SMI',
  }),
  test(
    'for_injection && is_guest_mode(vcpu) && nested_exit_on_smi(svm)',
    all(isGuestMode, l1Intercepts('SMI')),
    [giveBack('return -EBUSY', errno.EBUSY)],
  ),
  giveBack('return 1', 1),
]);

export const svm_enable_smi_window = fn('svm_enable_smi_window', 'svm/svm.c', [
  test('!gif_set(svm)', is('gif', 'clear'), [
    test('vgif', fact('vgif'), [
      effect('vmcb01 intercepts STGI', [write('stgiIntercept01', 1)]),
      call('recalc_intercepts'),
    ]),
  ]),
]);

export const enter_smm = fn('enter_smm', 'smm.c', [
  effect(
    'enter_smm_save_state_64(vcpu, &smram)',
    [
      write('smramEfer', archEfer),
      write('smramRip', fact('rip')),
      write('smramCpl', cpl),
      write('smramGuest', 0),
    ],
    { by: 'apm', source: 'APM vol. 2, SMRAM State-Save Area' },
  ),
  call('svm_enter_smm'),
  call('kvm_smm_changed', { entering_smm: 1 }),
  test(
    'svm_get_nmi_mask(vcpu)',
    fact('nmiMasked'),
    [effect('vcpu->arch.hflags |= HF_SMM_INSIDE_NMI_MASK', [write('smmInsideNmi', 1)])],
    [call('svm_set_nmi_mask', { masked: 1 })],
  ),
  effect('kvm_set_rflags(vcpu, X86_EFLAGS_FIXED)', []),
  requestEvent,
  effect('kvm_rip_write(vcpu, 0x8000)', [write('rip', codePointer('smm', 0))], {
    by: 'apm',
    source: 'APM vol. 2, SMM: the handler begins at SMBASE + 8000h',
  }),
  call('svm_set_cr0'),
  effect('CR0.PG = 0, EFER.LMA = 0', [write('paging', 0), write('efer', bitAndNot(fact('efer'), lma))], {
    by: 'apm',
    source: 'APM vol. 2, SMM Operating Environment',
  }),
  call('svm_set_cr4'),
  effect('segments, CPL 0', [write('cpl01', 0)]),
  call(
    'svm_set_efer',
    { efer: 0 },
    { by: 'apm', source: 'APM vol. 2, SMM Operating Environment: EFER is zero' },
  ),
]);

export const svm_enter_smm = fn('svm_enter_smm', 'svm/svm.c', [
  test('!is_guest_mode(vcpu)', not(isGuestMode), [giveBack('return 0', 0)]),
  effect('smram->smram64.svm_guest_flag = 1', [write('smramGuest', 1)]),
  call('nested_svm_simple_vmexit', { exit_code: exitCode.SW }),
  call('svm_copy_vmrun_state', { to_hsave: 1 }),
  giveBack('return 0', 0),
]);

export const kvm_smm_changed = fn(
  'kvm_smm_changed',
  'smm.c',
  [
    trace('kvm_smm_transition', { entering: local('entering_smm') }),
    test(
      'entering_smm',
      local('entering_smm'),
      [effect('vcpu->arch.hflags |= HF_SMM_MASK', [send('ENTER_SMM')])],
      [
        effect('vcpu->arch.hflags &= ~(HF_SMM_MASK | HF_SMM_INSIDE_NMI_MASK)', [
          send('LEAVE_SMM'),
          write('smmInsideNmi', 0),
        ]),
        requestEvent,
      ],
    ),
  ],
  { params: ['entering_smm'] },
);

export const svm_set_nmi_mask = fn(
  'svm_set_nmi_mask',
  'svm/svm.c',
  [effect('svm->nmi_masked = masked', [write('nmiMasked', local('masked'))]), call('svm_set_iret_intercept')],
  { params: ['masked'] },
);

export const svm_set_iret_intercept = fn('svm_set_iret_intercept', 'svm/svm.c', [call('recalc_intercepts')], {
  visibility: 'inlined',
});

export const rsm_interception = fn('rsm_interception', 'svm/svm.c', [
  test('emulating for L2: svm_check_intercept()', isGuestMode, [call('nested_svm_exit_handled')]),
  test(
    '!ctxt->ops->is_smm(ctxt)',
    not(isSmm),
    [call('kvm_queue_exception', { vector: udVector }), giveBack('return 1', 1)],
    [],
    {
      by: 'apm',
      source: 'APM vol. 3, RSM: #UD outside SMM',
    },
  ),
  call('emulator_leave_smm', {}, { into: 'failed' }),
  test(
    'ctxt->ops->leave_smm(ctxt)',
    local('failed'),
    [
      effect('kvm_make_request(KVM_REQ_TRIPLE_FAULT, vcpu)', [send('REQUEST_TRIPLE_FAULT')]),
      effect('the emulator goes past RSM', [write('rip', add(fact('rip'), 1))]),
    ],
    [],
    { by: 'apm', source: 'APM vol. 2, RSM: an illegal image is a shutdown' },
  ),
  giveBack('return 1', 1),
]);

export const kvm_set_msr = fn(
  'kvm_set_msr',
  'x86.c',
  [
    effect('MSR_EFER', [write('msr', msrIndex.EFER)]),
    call('kvm_set_msr_ignored_check', { data: local('data'), host_initiated: 0 }, { into: 'r' }),
    giveBack('return kvm_set_msr_ignored_check()', local('r')),
  ],
  { params: ['data'] },
);

export const emulator_leave_smm = fn('emulator_leave_smm', 'smm.c', [
  test('(vcpu->arch.hflags & HF_SMM_INSIDE_NMI_MASK) == 0', not(fact('smmInsideNmi')), [
    call('svm_set_nmi_mask', { masked: 0 }),
  ]),
  call('kvm_smm_changed', { entering_smm: 0 }),
  // SMM that was entered by an SMI runs without paging; one that userspace made of L1 does not.
  test('cr0 & X86_CR0_PE', fact('paging'), [
    call('svm_set_cr0'),
    effect('CR0.PG = 0, EFER.LMA = 0', [write('paging', 0), write('efer', bitAndNot(fact('efer'), lma))]),
    call('svm_set_cr4'),
  ]),
  call('kvm_set_msr', { data: 0 }),
  call('svm_leave_smm', {}, { into: 'failed' }),
  test('kvm_x86_call(leave_smm)(vcpu, &smram)', local('failed'), [
    giveBack('return X86EMUL_UNHANDLEABLE', 1),
  ]),
  call('rsm_load_state_64', {}, { into: 'ret' }),
  test('ret != X86EMUL_CONTINUE && is_guest_mode(vcpu)', all(local('ret'), isGuestMode), [
    call('svm_leave_nested'),
  ]),
  giveBack('return ret', local('ret')),
]);

export const rsm_load_state_64 = fn(
  'rsm_load_state_64',
  'smm.c',
  [
    call('kvm_set_msr', { data: bitAndNot(fact('smramEfer'), lma) }, { into: 'bad' }),
    test('kvm_set_msr(vcpu, MSR_EFER, smstate->efer & ~EFER_LMA)', local('bad'), [
      giveBack('return X86EMUL_UNHANDLEABLE', 1),
    ]),
    call('svm_set_cr4'),
    call('svm_set_cr0'),
    effect('CR0.PG = 1, EFER.LMA follows LME', [
      write('paging', 1),
      write('efer', choose(bitAnd(fact('efer'), lme), bitOr(fact('efer'), lma), fact('efer'))),
    ]),
    effect('registers, RIP, segments of the image', [
      write('rip', fact('smramRip')),
      write('cpl01', fact('smramCpl'), onVmcb01),
      write('cpl02', fact('smramCpl'), onVmcb02),
    ]),
    giveBack('return X86EMUL_CONTINUE', 0),
  ],
  { visibility: 'inlined' },
);

export const svm_leave_smm = fn('svm_leave_smm', 'svm/svm.c', [
  test('!smram64->svm_guest_flag', not(fact('smramGuest')), [giveBack('return 0', 0)]),
  test('!guest_cpuid_has(vcpu, X86_FEATURE_SVM)', not(fact('cpuidSvm')), [giveBack('return 1', 1)]),
  test('!(smram64->efer & EFER_SVME)', not(bitAnd(fact('smramEfer'), svmeMask)), [giveBack('return 1', 1)]),
  call('svm_allocate_nested', {}, { into: 'failed' }),
  test('svm_allocate_nested(svm)', local('failed'), [giveBack('return 1', 1)]),
  call('svm_copy_vmrun_state', { from_hsave: 1 }),
  call('nested_copy_vmcb_control_to_cache', { from_payload: 0 }),
  call('__nested_copy_vmcb_save_to_cache', { to_nested: 1 }),
  call('nested_svm_check_cached_vmcb12', {}, { into: 'consistent' }),
  test('nested_svm_check_cached_vmcb12(vcpu) < 0', equal(local('consistent'), errno.EINVAL), [
    giveBack('return 1', 1),
  ]),
  call('enter_svm_guest_mode', { from_vmrun: 0 }),
  effect('svm->nested.nested_run_pending = 1', [write('runPending', 1)]),
  giveBack('return 0', 0),
]);
