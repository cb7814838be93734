import { all, any, fact, local, not } from '#machine/expr.ts';
import { call, effect, fn, send, test, write, giveBack } from '../ir.ts';
import { isGuestMode, l1Intercepts, onVmcb02, requestEvent } from '../words.ts';

/** The global interrupt flag and the intercepts that follow it. Source: svm.c, nested.c of Linux 6.12.117. */

export const svm_set_gif = fn(
  'svm_set_gif',
  'svm/svm.c',
  [
    test(
      'value',
      local('value'),
      [
        test('vgif', fact('vgif'), [
          effect('vmcb01 does not intercept STGI', [write('stgiIntercept01', 0)]),
          call('svm_clr_intercept'),
        ]),
        test('svm_is_intercept(svm, INTERCEPT_VINTR)', all(onVmcb02, l1Intercepts('VINTR')), [
          call('svm_clear_vintr'),
        ]),
        effect('enable_gif(svm)', [send('SET_GIF')], {
          by: 'apm',
          source: 'APM vol. 2, Global Interrupt Flag',
        }),
        test(
          'smi_pending || kvm_apic_has_pending_init_or_sipi(vcpu)',
          any(fact('smiPending'), fact('initLatched')),
          [requestEvent],
        ),
      ],
      [
        effect('disable_gif(svm)', [send('CLEAR_GIF')], {
          by: 'apm',
          source: 'APM vol. 2, Global Interrupt Flag',
        }),
        test('!vgif', not(fact('vgif')), [call('svm_clear_vintr')]),
      ],
    ),
  ],
  { params: ['value'] },
);

export const svm_clear_vintr = fn('svm_clear_vintr', 'svm/svm.c', [
  call('svm_clr_intercept'),
  effect('svm->vmcb->control.int_ctl &= ~V_IRQ_INJECTION_BITS_MASK', []),
]);

export const svm_clr_intercept = fn('svm_clr_intercept', 'svm/svm.h', [call('recalc_intercepts')], {
  visibility: 'inlined',
});

export const recalc_intercepts = fn('recalc_intercepts', 'svm/nested.c', [
  test('!is_guest_mode(vcpu)', not(isGuestMode), [giveBack('return', 0)]),
  effect('vmcb02 intercepts = vmcb01 | nested.ctl', [], {
    by: 'apm',
    source: 'APM vol. 2, VMRUN: the guest exits where either VMM wants it',
  }),
]);

export const stgi_interception = fn('stgi_interception', 'svm/svm.c', gifInstruction(1));
export const clgi_interception = fn('clgi_interception', 'svm/svm.c', gifInstruction(0));

function gifInstruction(value: 0 | 1) {
  return [
    call(
      'nested_svm_check_permissions',
      {},
      { into: 'fault', by: 'apm', source: 'APM vol. 3, STGI and CLGI: exceptions' },
    ),
    test('nested_svm_check_permissions(vcpu)', local('fault'), [giveBack('return 1', 1)]),
    call('kvm_skip_emulated_instruction', {}, { into: 'ret' }),
    call('svm_set_gif', { value }),
    giveBack('return ret', local('ret')),
  ];
}

/** The L0 intercepts of vmcb01 that depend on the host, and GIF. The other intercepts never change. */
export const init_vmcb = fn('init_vmcb', 'svm/svm.c', [
  test(
    'enable_vmware_backdoor',
    fact('vmwareBackdoor'),
    [effect('intercept #GP', [write('gpIntercept01', 1)])],
    [effect('do not intercept #GP', [write('gpIntercept01', 0)])],
  ),
  test(
    'vgif',
    fact('vgif'),
    [effect('do not intercept STGI, CLGI', [write('stgiIntercept01', 0), write('clgiIntercept01', 0)])],
    [effect('intercept STGI, CLGI', [write('stgiIntercept01', 1), write('clgiIntercept01', 1)])],
  ),
  call('init_vmcb_after_set_cpuid'),
  effect('enable_gif(svm)', [send('SET_GIF'), write('vGif01', 1)]),
]);

export const init_vmcb_after_set_cpuid = fn(
  'init_vmcb_after_set_cpuid',
  'svm/svm.c',
  [
    test(
      'vls',
      fact('vls'),
      [effect('do not intercept VMLOAD, VMSAVE', [write('vmloadIntercept01', 0)])],
      [effect('intercept VMLOAD, VMSAVE', [write('vmloadIntercept01', 1)])],
    ),
  ],
  { visibility: 'inlined' },
);
