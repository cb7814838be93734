import { all, fact } from '#machine/expr.ts';
import { effect, send, test } from '../ir.ts';
import type { Patch } from '../patch.ts';
import { isGuestMode } from '../words.ts';

export const merged: Patch = {
  id: 'merged',
  slot: 'svme',
  subject: 'KVM: SVM: Triple fault L1 on unintercepted EFER.SVME clear by L2',
  author: 'Yosry Ahmed',
  date: '2026-03-05',
  commit: 'cdc69269b18a',
  messageId: 'aaI51_1_bR4zRTXY@google.com',
  status: 'merged for 7.1 with the fixup of 27 Feb 2026',
  summary: 'As v2, but only where userspace wants the vCPU to run: state that it stuffs raises no fault.',
  bases: ['6.12', '7.0'],
  changes: [
    {
      do: 'insert-before',
      fn: 'svm_set_efer',
      at: 'svm_leave_nested',
      nodes: [
        test('is_guest_mode(vcpu) && vcpu->wants_to_run', all(isGuestMode, fact('wantsToRun')), [
          effect('kvm_make_request(KVM_REQ_TRIPLE_FAULT, vcpu)', [send('REQUEST_TRIPLE_FAULT')], {
            by: 'choice',
            source: 'APM vol. 2, EFER.SVME: clearing it in a guest is undefined; cdc69269b18a',
          }),
        ]),
      ],
    },
  ],
};
