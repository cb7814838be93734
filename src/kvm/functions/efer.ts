import { eferMask } from '#isa/efer.ts';
import { all, bitAnd, bitAndNot, bitOr, differ, equal, fact, is, local, not } from '#machine/expr.ts';
import { assignLocal, call, effect, fn, giveBack, send, test, write } from '../ir.ts';
import {
  archEfer,
  errno,
  isGuestMode,
  isSmm,
  nestedInitialized,
  onVmcb01,
  setArchEfer,
  svmeMask,
  warnOn,
} from '../words.ts';

/** EFER writes and what hangs on SVME. Source: svm.c, nested.c, x86.c of Linux 6.12.117. */

const efer = local('efer');
const lme = eferMask('LME');
const lma = eferMask('LMA');

/** Bits that `efer_reserved_bits` holds on the machine of the recordings: an EPYC without FXSR_OPT, TCE, AUTOIBRS. */
export const eferReserved = bitAnd(
  local('efer'),
  0x7fffff &
    ~['SCE', 'LME', 'LMA', 'NX', 'SVME', 'LMSLE'].reduce((mask, name) => mask | eferMask(name as 'SCE'), 0),
);

export const __kvm_valid_efer = fn(
  '__kvm_valid_efer',
  'x86.c',
  [
    test(
      'efer & EFER_SVME && !guest_cpuid_has(vcpu, X86_FEATURE_SVM)',
      all(bitAnd(efer, svmeMask), not(fact('cpuidSvm'))),
      [giveBack('return false', 0)],
      [],
      { by: 'apm', source: 'APM vol. 2, EFER.SVME' },
    ),
    giveBack('return true', 1),
  ],
  { params: ['efer'] },
);

export const kvm_valid_efer = fn(
  'kvm_valid_efer',
  'x86.c',
  [
    test('efer & efer_reserved_bits', eferReserved, [giveBack('return false', 0)], [], {
      by: 'apm',
      source: 'APM vol. 2, EFER: reserved bits',
    }),
    call('__kvm_valid_efer', { efer }, { into: 'valid' }),
    giveBack('return __kvm_valid_efer()', local('valid')),
  ],
  { params: ['efer'] },
);

export const set_efer = fn(
  'set_efer',
  'x86.c',
  [
    assignLocal('old_efer', 'old_efer = vcpu->arch.efer', archEfer),
    test('efer & efer_reserved_bits', eferReserved, [giveBack('return 1', 1)], [], {
      by: 'apm',
      source: 'APM vol. 2, EFER: #GP for a reserved bit',
    }),
    test('!msr_info->host_initiated', not(local('host_initiated')), [
      call('__kvm_valid_efer', { efer }, { into: 'valid' }),
      test('!__kvm_valid_efer(vcpu, efer)', not(local('valid')), [giveBack('return 1', 1)]),
      test(
        'is_paging(vcpu) && (vcpu->arch.efer & EFER_LME) != (efer & EFER_LME)',
        all(fact('paging'), differ(bitAnd(archEfer, lme), bitAnd(efer, lme))),
        [giveBack('return 1', 1)],
        [],
        { by: 'apm', source: 'APM vol. 2, EFER.LME: #GP if it changes with CR0.PG=1' },
      ),
    ]),
    assignLocal(
      'efer',
      'efer &= ~EFER_LMA; efer |= vcpu->arch.efer & EFER_LMA',
      bitOr(bitAndNot(efer, lma), bitAnd(archEfer, lma)),
      {
        by: 'apm',
        source: 'APM vol. 2, EFER.LMA is read-only',
      },
    ),
    call('svm_set_efer', { efer }, { into: 'r' }),
    test('r', local('r'), [giveBack('return r', local('r'))]),
    giveBack('return 0', 0),
  ],
  { params: ['efer', 'host_initiated'] },
);

export const svm_set_efer = fn(
  'svm_set_efer',
  'svm/svm.c',
  [
    assignLocal('old_efer', 'old_efer = vcpu->arch.efer', archEfer),
    effect('vcpu->arch.efer = efer', setArchEfer(efer), {
      by: 'apm',
      source: 'APM vol. 2, EFER: the value that the guest reads',
    }),
    test('!npt_enabled', not(fact('npt')), [
      assignLocal('efer', 'efer |= EFER_NX', bitOr(efer, eferMask('NX'))),
      test('!(efer & EFER_LMA)', not(bitAnd(efer, lma)), [
        assignLocal('efer', 'efer &= ~EFER_LME', bitAndNot(efer, lme)),
      ]),
    ]),
    test(
      '(old_efer & EFER_SVME) != (efer & EFER_SVME)',
      differ(bitAnd(local('old_efer'), svmeMask), bitAnd(efer, svmeMask)),
      [
        test(
          '!(efer & EFER_SVME)',
          not(bitAnd(efer, svmeMask)),
          [
            call(
              'svm_leave_nested',
              {},
              {
                by: 'choice',
                source: 'APM vol. 2, EFER.SVME: clearing it in a guest is undefined; c513f484c558',
              },
            ),
            call(
              'svm_set_gif',
              { value: 1 },
              { by: 'choice', source: 'c513f484c558; dropped by 8312f1b9dd71' },
            ),
            test('!enable_vmware_backdoor', not(fact('vmwareBackdoor')), [call('clr_exception_intercept')]),
            test('!is_smm(vcpu)', not(isSmm), [call('svm_free_nested')], [], { source: '2fcf4876ada8' }),
          ],
          [
            call('svm_allocate_nested', {}, { into: 'ret', source: '2fcf4876ada8' }),
            test('ret', local('ret'), [
              effect('vcpu->arch.efer = old_efer', setArchEfer(local('old_efer'))),
              giveBack('return ret', local('ret')),
            ]),
            test('svm_gp_erratum_intercept && !sev_guest(vcpu->kvm)', fact('gpErratum'), [
              call('set_exception_intercept'),
            ]),
          ],
        ),
      ],
    ),
    effect('svm->vmcb->save.efer = efer | EFER_SVME', [write('efer01', bitOr(efer, svmeMask), onVmcb01)], {
      by: 'apm',
      source: 'APM vol. 2, VMRUN: the processor runs a guest only with EFER.SVME=1',
    }),
    giveBack('return 0', 0),
  ],
  { params: ['efer'] },
);

export const set_exception_intercept = fn(
  'set_exception_intercept',
  'svm/svm.h',
  [effect('vmcb01 intercepts #GP', [write('gpIntercept01', 1)]), call('recalc_intercepts')],
  { visibility: 'inlined' },
);

export const clr_exception_intercept = fn(
  'clr_exception_intercept',
  'svm/svm.h',
  [effect('vmcb01 does not intercept #GP', [write('gpIntercept01', 0)]), call('recalc_intercepts')],
  { visibility: 'inlined' },
);

export const svm_allocate_nested = fn('svm_allocate_nested', 'svm/nested.c', [
  test('svm->nested.initialized', nestedInitialized, [giveBack('return 0', 0)]),
  test('!vmcb02_page', fact('allocNestedFails'), [giveBack('return -ENOMEM', errno.ENOMEM)]),
  effect('svm->nested.initialized = true', [send('ALLOCATE_NESTED')]),
  giveBack('return 0', 0),
]);

export const svm_free_nested = fn('svm_free_nested', 'svm/nested.c', [
  test('!svm->nested.initialized', not(nestedInitialized), [giveBack('return', 0)]),
  warnOn(
    'WARN_ON_ONCE(svm->vmcb != svm->vmcb01.ptr)',
    not(onVmcb01),
    'I1',
    [call('svm_switch_vmcb', { target: 1 })],
    {
      source: '16ae56d7e052',
    },
  ),
  effect('svm->nested.initialized = false', [send('FREE_NESTED')]),
]);

export const svm_leave_nested = fn('svm_leave_nested', 'svm/nested.c', [
  test('is_guest_mode(vcpu)', isGuestMode, [
    effect('svm->nested.nested_run_pending = 0', [write('runPending', 0)]),
    call('leave_guest_mode'),
    call('svm_switch_vmcb', { target: 1 }),
    effect('nested_svm_uninit_mmu_context(vcpu)', []),
    effect('vmcb_mark_all_dirty(svm->vmcb)', []),
  ]),
  effect('kvm_clear_request(KVM_REQ_GET_NESTED_STATE_PAGES, vcpu)', [send('CLEAR_NESTED_STATE_PAGES')]),
]);

export const svm_switch_vmcb = fn(
  'svm_switch_vmcb',
  'svm/svm.c',
  [
    effect('svm->vmcb = target_vmcb->ptr', [
      send('SWITCH_TO_VMCB01', equal(local('target'), 1)),
      send('SWITCH_TO_VMCB02', equal(local('target'), 2)),
      write('emptyIdt', 0),
    ]),
  ],
  { params: ['target'] },
);

/** GIF is seen through the VMCB that get_vgif_vmcb() picks: vmcb02 in guest mode, vmcb01 outside it. */
export const leave_guest_mode = fn(
  'leave_guest_mode',
  'kvm_cache_regs.h',
  [
    effect('vcpu->arch.hflags &= ~HF_GUEST_MASK', [send('LEAVE_GUEST_MODE')]),
    test('vgif', fact('vgif'), [
      effect('get_vgif_vmcb() is vmcb01 again', [
        send('SET_GIF', fact('vGif01')),
        send('CLEAR_GIF', not(fact('vGif01'))),
      ]),
    ]),
  ],
  { visibility: 'inlined' },
);

export const enter_guest_mode = fn(
  'enter_guest_mode',
  'kvm_cache_regs.h',
  [
    effect('vcpu->arch.hflags |= HF_GUEST_MASK', [send('ENTER_GUEST_MODE')]),
    test('vgif', fact('vgif'), [
      effect('get_vgif_vmcb() is vmcb02; its V_GIF is copied from vmcb01', [
        write('vGif01', is('gif', 'set')),
      ]),
    ]),
  ],
  { visibility: 'inlined' },
);
