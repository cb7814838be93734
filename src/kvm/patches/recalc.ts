import { bitAnd, fact, is, not } from '#machine/expr.ts';
import { call, effect, fn, send, test, write } from '../ir.ts';
import type { Patch } from '../patch.ts';
import { archEfer, svmeMask } from '../words.ts';

const request = () =>
  effect('kvm_make_request(KVM_REQ_RECALC_INTERCEPTS, vcpu)', [send('REQUEST_RECALC_INTERCEPTS')], {
    source: '460c7eb2e759',
  });

const svm_recalc_instruction_intercepts = fn(
  'svm_recalc_instruction_intercepts',
  'svm/svm.c',
  [
    test(
      '!(vcpu->arch.efer & EFER_SVME)',
      not(bitAnd(archEfer, svmeMask)),
      [
        effect(
          'intercept VMLOAD, VMSAVE, STGI, CLGI',
          [write('vmloadIntercept01', 1), write('stgiIntercept01', 1), write('clgiIntercept01', 1)],
          {
            by: 'apm',
            source: 'APM vol. 3, SVM instructions: #UD with EFER.SVME=0',
          },
        ),
      ],
      [
        test(
          'vls',
          fact('vls'),
          [effect('do not intercept VMLOAD, VMSAVE', [write('vmloadIntercept01', 0)])],
          [effect('intercept VMLOAD, VMSAVE', [write('vmloadIntercept01', 1)])],
        ),
        test(
          'vgif',
          fact('vgif'),
          [effect('do not intercept STGI, CLGI', [write('stgiIntercept01', 0), write('clgiIntercept01', 0)])],
          [effect('intercept STGI, CLGI', [write('stgiIntercept01', 1), write('clgiIntercept01', 1)])],
        ),
      ],
    ),
    call('recalc_intercepts'),
  ],
  { visibility: 'hidden' },
);

export const recalc: Patch = {
  id: 'recalc',
  slot: 'recalc',
  subject: 'KVM: SVM: Recalc instructions intercepts when EFER.SVME is toggled',
  author: 'Kevin Cheng',
  date: '2026-02-27',
  commit: '460c7eb2e759',
  status: 'merged, part of 7.1',
  summary:
    'With SVME=0 the guest may not run VMLOAD, VMSAVE, STGI or CLGI in hardware; a request recalculates the intercepts.',
  bases: ['6.12', '7.0'],
  shows: [{ fn: 'svm_set_efer', id: 'kvm_make_request(KVM_REQ_RECALC_INTERCEPTS, vcpu)' }],
  changes: [
    { do: 'insert-after', fn: 'svm_set_efer', at: '!(efer & EFER_SVME)', nodes: [request()] },
    { do: 'replace', fn: 'init_vmcb', at: 'vgif', nodes: [request()] },
    { do: 'remove', fn: 'init_vmcb', at: 'init_vmcb_after_set_cpuid' },
    {
      do: 'insert-before',
      fn: 'vcpu_enter_guest',
      at: 'kvm_check_request(KVM_REQ_EVENT, vcpu)',
      nodes: [
        test('kvm_check_request(KVM_REQ_RECALC_INTERCEPTS, vcpu)', is('recalcIntercepts', 'pending'), [
          effect('KVM_REQ_RECALC_INTERCEPTS is taken', [send('CLEAR_RECALC_INTERCEPTS')]),
          call('svm_recalc_instruction_intercepts'),
        ]),
      ],
    },
    { do: 'add-function', function: svm_recalc_instruction_intercepts },
  ],
};
