import { effect, send, test } from '../ir.ts';
import type { Patch } from '../patch.ts';
import { isGuestMode } from '../words.ts';

export const v2: Patch = {
  id: 'v2',
  slot: 'svme',
  subject: 'KVM: SVM: Triple fault L1 on unintercepted EFER.SVME clear by L2',
  author: 'Yosry Ahmed',
  date: '2026-02-09',
  messageId: '20260209195142.2554532-2-yosry.ahmed@linux.dev',
  status: 'posted, replaced by what was merged',
  summary: 'Clearing SVME in guest mode requests a triple fault, then leaves nested, whoever clears it.',
  bases: ['6.12', '7.0'],
  changes: [
    {
      do: 'insert-before',
      fn: 'svm_set_efer',
      at: 'svm_leave_nested',
      nodes: [
        test('is_guest_mode(vcpu)', isGuestMode, [
          effect('kvm_make_request(KVM_REQ_TRIPLE_FAULT, vcpu)', [send('REQUEST_TRIPLE_FAULT')], {
            by: 'choice',
            source: 'APM vol. 2, EFER.SVME: clearing it in a guest is undefined',
          }),
        ]),
      ],
    },
  ],
};
