import { call } from '../ir.ts';
import type { Patch } from '../patch.ts';

export const gif: Patch = {
  id: 'gif',
  slot: 'gif',
  subject: "KVM: SVM: Don't set GIF when clearing EFER.SVME",
  author: 'Jim Mattson',
  date: '2025-11-21',
  commit: '8312f1b9dd71',
  status: 'merged, part of 7.0',
  summary: 'GIF is set only where svm_leave_nested() really leaves guest mode.',
  bases: ['6.12'],
  changes: [
    { do: 'remove', fn: 'svm_set_efer', at: 'svm_set_gif' },
    {
      do: 'insert-after',
      fn: 'svm_leave_nested',
      at: 'vmcb_mark_all_dirty(svm->vmcb)',
      nodes: [call('svm_set_gif', { value: 1 }, { by: 'choice', source: '8312f1b9dd71' })],
    },
  ],
};
