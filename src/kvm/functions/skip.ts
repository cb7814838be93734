import { add, all, choose, fact, local, not } from '#machine/expr.ts';
import { call, effect, fn, giveBack, test, write } from '../ir.ts';
import { onVmcb01 } from '../words.ts';

/**
 * Skipping an emulated instruction. It runs on the VMCB that is current by then: after KVM dropped out of guest mode
 * that is vmcb01, whose next_rip still holds the address after L1's VMRUN.
 * Source: svm.c:__svm_skip_emulated_instruction, Linux 6.12.117; recordings with and without NRIPS.
 */

const nextRip = choose(onVmcb01, fact('nextRip01'), fact('nextRip02'));

export const kvm_skip_emulated_instruction = fn('kvm_skip_emulated_instruction', 'x86.c', [
  call('svm_skip_emulated_instruction', {}, { into: 'r' }),
  giveBack('return 1', local('r')),
]);

export const svm_skip_emulated_instruction = fn(
  'svm_skip_emulated_instruction',
  'svm/svm.c',
  [
    test('nrips && svm->vmcb->control.next_rip != 0', all(fact('nrips'), nextRip), [
      effect('svm->next_rip = svm->vmcb->control.next_rip', [write('svmNextRip', nextRip)], {
        by: 'apm',
        source: 'APM vol. 2, nRIP: the next sequential instruction of the VMCB that exited last',
      }),
    ]),
    test(
      '!svm->next_rip',
      not(fact('svmNextRip')),
      [
        effect('kvm_emulate_instruction(vcpu, EMULTYPE_SKIP): decode at the current RIP', [
          write('rip', add(fact('rip'), 1)),
        ]),
      ],
      [effect('kvm_rip_write(vcpu, svm->next_rip)', [write('rip', fact('svmNextRip'))])],
    ),
    giveBack('return 1', 1),
  ],
  { visibility: 'inlined' },
);
