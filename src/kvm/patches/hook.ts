import { all, differ, equal, fact, local, not } from '#machine/expr.ts';
import { msrIndex } from '../functions/msr.ts';
import { assignLocal, effect, send, test } from '../ir.ts';
import type { Patch } from '../patch.ts';
import { isGuestMode } from '../words.ts';

export const hook: Patch = {
  id: 'hook',
  slot: 'svme',
  subject: 'Triple fault around kvm_emulate_wrmsr() in msr_interception()',
  author: 'Sean Christopherson',
  date: '2026-02-26',
  messageId: 'aaCO62eQiZX5pvSk@google.com',
  status: 'proposed on the list, never posted as a patch',
  summary:
    'If an EFER write of L2 left guest mode, request a triple fault: the test sits around the emulated WRMSR.',
  bases: ['6.12', '7.0'],
  changes: [
    {
      do: 'insert-before',
      fn: 'msr_interception',
      at: 'kvm_emulate_wrmsr',
      nodes: [
        assignLocal(
          'efer_l2',
          'efer_l2 = is_guest_mode(vcpu) && kvm_rcx_read(vcpu) == MSR_EFER',
          all(isGuestMode, equal(fact('msr'), msrIndex.EFER)),
        ),
      ],
    },
    {
      do: 'insert-after',
      fn: 'msr_interception',
      at: 'kvm_emulate_wrmsr',
      nodes: [
        test(
          'r && efer_l2 && !is_guest_mode(vcpu)',
          all(differ(local('r'), 0), local('efer_l2'), not(isGuestMode)),
          [
            effect('kvm_make_request(KVM_REQ_TRIPLE_FAULT, vcpu)', [send('REQUEST_TRIPLE_FAULT')], {
              by: 'choice',
              source: 'APM vol. 2, EFER.SVME: clearing it in a guest is undefined',
            }),
          ],
        ),
      ],
    },
  ],
};
