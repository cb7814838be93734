import { equal, bitAnd, local } from '#machine/expr.ts';
import { call, effect, giveBack, test } from '../ir.ts';
import type { Patch } from '../patch.ts';
import { isGuestMode, setArchEfer, svmeMask } from '../words.ts';

const toggle = '(old_efer & EFER_SVME) != (efer & EFER_SVME)';
const svme = (name: string) => bitAnd(local(name), svmeMask);

export const v1: Patch = {
  id: 'v1',
  slot: 'svme',
  subject: 'KVM: nSVM: Do not track EFER.SVME toggling in guest mode',
  author: 'Yosry Ahmed',
  date: '2026-01-30',
  messageId: '20260130020735.2517101-3-yosry.ahmed@linux.dev',
  status: 'posted as 1/3 and 2/3 of a series, not merged',
  summary:
    'In guest mode a toggle of SVME changes EFER only: no leave, no free, no allocation, no #GP intercept.',
  bases: ['6.12', '7.0'],
  // 2/3, whose message id this is; 1/3 only moves the code.
  shows: [
    { fn: 'svm_set_efer_svme', id: 'is_guest_mode(vcpu)' },
    { fn: 'svm_set_efer_svme', id: 'return 0 (v1)' },
  ],
  changes: [
    {
      do: 'extract',
      fn: 'svm_set_efer',
      at: toggle,
      into: { name: 'svm_set_efer_svme', params: ['old_efer', 'efer'], visibility: 'inlined' },
      before: [
        test('(old_efer & EFER_SVME) == (new_efer & EFER_SVME)', equal(svme('old_efer'), svme('efer')), [
          giveBack('return 0', 0),
        ]),
        test('is_guest_mode(vcpu)', isGuestMode, [giveBack('return 0', 0)], [], {
          by: 'choice',
          source: 'v1 2/3: SVME toggled by L2 is not tracked',
        }),
      ],
      after: [giveBack('return 0', 0)],
      leaving: [
        call('svm_set_efer_svme', { old_efer: local('old_efer'), efer: local('efer') }, { into: 'r' }),
        test('r', local('r'), [
          effect('vcpu->arch.efer = old_efer', setArchEfer(local('old_efer'))),
          giveBack('return r', local('r')),
        ]),
      ],
    },
    { do: 'remove', fn: 'svm_set_efer_svme', at: 'vcpu->arch.efer = old_efer' },
  ],
};
