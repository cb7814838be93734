import { eferMask } from '#isa/efer.ts';
import { all, any, bitAnd, fact, local, not } from '#machine/expr.ts';
import { call, effect, fn, giveBack, test, type Node } from '../ir.ts';
import { errno, requestEvent } from '../words.ts';

/** State that userspace writes. Source: regs.c, x86.c of Linux 6.12.117. */

const efer = local('efer');
const long = all(bitAnd(efer, eferMask('LME')), fact('paging'));

export const kvm_arch_vcpu_ioctl_set_sregs = fn(
  'kvm_arch_vcpu_ioctl_set_sregs',
  'regs.c',
  [call('__set_sregs', { efer }, { into: 'ret' }), giveBack('return ret', local('ret'))],
  { params: ['efer'] },
);

export const __set_sregs = fn(
  '__set_sregs',
  'regs.c',
  [call('__set_sregs_common', { efer }, { into: 'ret' }), giveBack('return ret', local('ret'))],
  { params: ['efer'] },
);

/** kvm_is_valid_sregs(): long mode must be consistent. CR0, CR3 and CR4 are written back as they are. */
export const sregsAreConsistent: readonly Node[] = [
  test(
    'EFER.LME && CR0.PG',
    long,
    [
      test('!(sregs->efer & EFER_LMA)', not(bitAnd(efer, eferMask('LMA'))), [
        giveBack('return -EINVAL', errno.EINVAL),
      ]),
    ],
    [
      test('sregs->efer & EFER_LMA || sregs->cs.l', any(bitAnd(efer, eferMask('LMA')), fact('paging')), [
        giveBack('return -EINVAL', errno.EINVAL),
      ]),
    ],
    { by: 'apm', source: 'APM vol. 2, Long Mode: EFER.LMA' },
  ),
];

export const validEfer: readonly Node[] = [
  call('kvm_valid_efer', { efer }, { into: 'valid', source: '184bd464bdb6' }),
  test('!kvm_valid_efer(vcpu, sregs->efer)', not(local('valid')), [giveBack('return -EINVAL', errno.EINVAL)]),
];

export const loadSregs: readonly Node[] = [
  call('svm_set_efer', { efer }),
  call('svm_set_cr0'),
  call('svm_set_cr4'),
  effect('segments', []),
  test('kvm_set_cr8(): lapic_in_kernel(vcpu)', fact('irqchip'), [call('svm_update_cr8_intercept')]),
  giveBack('return 0', 0),
];

export const __set_sregs_common = fn(
  '__set_sregs_common',
  'regs.c',
  [...sregsAreConsistent, ...validEfer, ...loadSregs],
  { params: ['efer'] },
);

/** KVM_SET_REGS of what is there already: the second half of a write-back of all registers. */
export const __set_regs = fn(
  '__set_regs',
  'regs.c',
  [effect('general registers, RIP, RFLAGS', []), requestEvent],
  {
    visibility: 'inlined',
  },
);
