import { all, bitAnd, bitAndNot, bitOr, choose, equal, fact, local, not } from '#machine/expr.ts';
import {
  assignLocal,
  call,
  effect,
  fn,
  giveBack,
  test,
  trace,
  write,
  type KvmFunction,
  type Node,
} from '../ir.ts';
import { archEfer, errno, exitReason, svmeMask } from '../words.ts';

/** The MSR chain of Linux 6.12.117, x86.c and svm.c. The MSR of the access is in RCX, its data in EDX:EAX. */

/** The MSRs of the model by the value of the register `msr`. */
export const msrIndex = { EFER: 0, VM_HSAVE_PA: 1, VM_CR: 2 } as const;

/** What a written VM_HSAVE_PA is to the model: nothing, an address that is page aligned and legal, or another. */
export const hsaveData = { zero: 0, address: 1, illegal: 2 } as const;

/** KVM_MSR_RET_FILTERED */
const filtered = 3;

/** How `complete_userspace_io` goes on; the value of the register `completion`. */
export const completion = { none: 0, portWrite: 1, msr: 2 } as const;

const data = local('data');
const hostInitiated = local('host_initiated');
const isEfer = equal(fact('msr'), msrIndex.EFER);

export const msr_interception = fn('msr_interception', 'svm/svm.c', [
  test(
    'svm->vmcb->control.exit_info_1',
    fact('exitInfo1'),
    [call('kvm_emulate_wrmsr', {}, { into: 'r' }), giveBack('return kvm_emulate_wrmsr(vcpu)', local('r'))],
    [call('kvm_emulate_rdmsr', {}, { into: 'r' }), giveBack('return kvm_emulate_rdmsr(vcpu)', local('r'))],
    { by: 'apm', source: 'APM vol. 2, MSR intercepts: EXITINFO1 is 1 for a write' },
  ),
]);

/** What follows the write in `kvm_emulate_wrmsr()` and in what later kernels made of it. */
export function afterWrmsr(): readonly Node[] {
  return [
    test(
      '!r',
      not(local('r')),
      [trace('kvm_msr', { write: 1, ecx: fact('msr'), data, exception: 0 })],
      [
        test('kvm_msr_user_space(KVM_EXIT_X86_WRMSR)', equal(local('r'), filtered), [
          exitReason('KVM_EXIT_X86_WRMSR'),
          effect('vcpu->arch.complete_userspace_io = complete_fast_msr_access', [
            write('completion', completion.msr),
          ]),
          giveBack('return 0', 0),
        ]),
        test('r < 0', equal(local('r'), errno.ENOMEM), [giveBack('return r', local('r'))]),
        trace('kvm_msr', { write: 1, ecx: fact('msr'), data, exception: 1 }),
      ],
    ),
    call('svm_complete_emulated_msr', { err: local('r') }, { into: 'done' }),
    giveBack('return svm_complete_emulated_msr(vcpu, r)', local('done')),
  ];
}

export const kvm_emulate_wrmsr = fn('kvm_emulate_wrmsr', 'x86.c', [
  assignLocal('data', 'data = kvm_read_edx_eax(vcpu)', fact('msrData')),
  call('kvm_set_msr_with_filter', { data }, { into: 'r' }),
  ...afterWrmsr(),
]);

export function afterRdmsr(): readonly Node[] {
  return [
    test('!r', not(local('r')), [
      trace('kvm_msr', { write: 0, ecx: fact('msr'), data: choose(isEfer, archEfer, 0), exception: 0 }),
    ]),
    call('svm_complete_emulated_msr', { err: local('r') }, { into: 'done' }),
    giveBack('return svm_complete_emulated_msr(vcpu, r)', local('done')),
  ];
}

export const kvm_emulate_rdmsr = fn('kvm_emulate_rdmsr', 'x86.c', [
  call('kvm_get_msr_with_filter', {}, { into: 'r' }),
  ...afterRdmsr(),
]);

/** The test that a userspace MSR filter makes of every access of the guest. */
export function filterTest(): Node {
  return test('!kvm_msr_allowed(vcpu, index, KVM_MSR_FILTER_WRITE)', all(isEfer, fact('eferWriteFilter')), [
    giveBack('return KVM_MSR_RET_FILTERED', filtered),
  ]);
}

export const kvm_set_msr_with_filter = fn(
  'kvm_set_msr_with_filter',
  'x86.c',
  [
    filterTest(),
    call('kvm_set_msr_ignored_check', { data, host_initiated: 0 }, { into: 'r' }),
    giveBack('return kvm_set_msr_ignored_check()', local('r')),
  ],
  { params: ['data'] },
);

export const kvm_get_msr_with_filter = fn('kvm_get_msr_with_filter', 'x86.c', [
  call('kvm_get_msr_ignored_check', {}, { into: 'r' }),
  giveBack('return kvm_get_msr_ignored_check()', local('r')),
]);

/** Functions that only hand their arguments to the next one, down to svm_set_msr(). */
function handsOn(name: string, file: string, to: string): KvmFunction {
  return fn(
    name,
    file,
    [
      call(to, { data, host_initiated: hostInitiated }, { into: 'r' }),
      giveBack(`return ${to}()`, local('r')),
    ],
    { params: ['data', 'host_initiated'] },
  );
}

export const kvm_set_msr_ignored_check = handsOn('kvm_set_msr_ignored_check', 'x86.c', 'svm_set_msr');

export const do_set_msr = fn(
  'do_set_msr',
  'x86.c',
  [
    call('kvm_set_msr_ignored_check', { data, host_initiated: 1 }, { into: 'r' }),
    giveBack('return kvm_set_msr_ignored_check()', local('r')),
  ],
  { params: ['data'] },
);

export const kvm_get_msr_ignored_check = fn('kvm_get_msr_ignored_check', 'x86.c', [
  call('__kvm_get_msr', {}, { into: 'r' }),
  giveBack('return __kvm_get_msr()', local('r')),
]);

export const __kvm_get_msr = fn('__kvm_get_msr', 'x86.c', [
  call('svm_get_msr', {}, { into: 'r' }),
  giveBack('return svm_get_msr()', local('r')),
]);

export const svm_get_msr = fn('svm_get_msr', 'svm/svm.c', [
  test('default', isEfer, [
    call('kvm_get_msr_common', {}, { into: 'r' }),
    giveBack('return kvm_get_msr_common()', local('r')),
  ]),
  giveBack('return 0', 0),
]);

export const kvm_get_msr_common = fn('kvm_get_msr_common', 'x86.c', [
  giveBack('msr_info->data = vcpu->arch.efer', 0),
]);

const svmDis = 0x10;
const lockAndDis = 0x18;
const vmCrValid = 0x1f;

export const svm_set_msr = fn(
  'svm_set_msr',
  'svm/svm.c',
  [
    test('MSR_VM_HSAVE_PA', equal(fact('msr'), msrIndex.VM_HSAVE_PA), [
      test(
        '!msr->host_initiated && !page_address_valid(vcpu, data)',
        all(not(hostInitiated), equal(data, hsaveData.illegal)),
        [giveBack('return 1', 1, { by: 'apm', source: 'APM vol. 2, VM_HSAVE_PA' })],
      ),
      effect('svm->nested.hsave_msr = data & PAGE_MASK', [write('hsave', equal(data, hsaveData.address))]),
      giveBack('return 0', 0),
    ]),
    test('MSR_VM_CR', equal(fact('msr'), msrIndex.VM_CR), [
      call('svm_set_vm_cr', { data }, { into: 'r' }),
      giveBack('return svm_set_vm_cr(vcpu, data)', local('r')),
    ]),
    call('kvm_set_msr_common', { data, host_initiated: hostInitiated }, { into: 'r' }),
    giveBack('return kvm_set_msr_common()', local('r')),
  ],
  { params: ['data', 'host_initiated'] },
);

export const svm_set_vm_cr = fn(
  'svm_set_vm_cr',
  'svm/svm.c',
  [
    test('data & ~SVM_VM_CR_VALID_MASK', bitAndNot(data, vmCrValid), [giveBack('return 1', 1)], [], {
      by: 'apm',
      source: 'APM vol. 2, VM_CR: reserved bits',
    }),
    test(
      'svm->nested.vm_cr_msr & SVM_VM_CR_SVM_DIS_MASK',
      bitAnd(fact('vmCr'), svmDis),
      [
        effect('the other bits of VM_CR take data', [
          write('vmCr', bitOr(bitAnd(fact('vmCr'), lockAndDis), bitAndNot(data, lockAndDis))),
        ]),
      ],
      [effect('svm->nested.vm_cr_msr = data', [write('vmCr', data)])],
      { by: 'apm', source: 'APM vol. 2, VM_CR.LOCK' },
    ),
    test(
      'svm_dis && (vcpu->arch.efer & EFER_SVME)',
      all(bitAnd(fact('vmCr'), svmDis), bitAnd(archEfer, svmeMask)),
      [giveBack('return 1', 1)],
    ),
    giveBack('return 0', 0),
  ],
  { params: ['data'], visibility: 'inlined' },
);

export const kvm_set_msr_common = fn(
  'kvm_set_msr_common',
  'x86.c',
  [
    test('MSR_EFER', isEfer, [
      call('set_efer', { efer: data, host_initiated: hostInitiated }, { into: 'r' }),
      giveBack('return set_efer(vcpu, msr_info)', local('r')),
    ]),
    giveBack('return 1', 1),
  ],
  { params: ['data', 'host_initiated'] },
);

export const svm_complete_emulated_msr = fn(
  'svm_complete_emulated_msr',
  'svm/svm.c',
  [
    call('kvm_complete_insn_gp', { err: local('err') }, { into: 'r' }),
    giveBack('return kvm_complete_insn_gp(vcpu, err)', local('r')),
  ],
  { params: ['err'] },
);

export const complete_fast_msr_access = fn(
  'complete_fast_msr_access',
  'x86.c',
  [
    call('svm_complete_emulated_msr', { err: 0 }, { into: 'r' }),
    giveBack('return svm_complete_emulated_msr(vcpu, vcpu->run->msr.error)', local('r')),
  ],
  { visibility: 'inlined' },
);

export const kvm_complete_insn_gp = fn(
  'kvm_complete_insn_gp',
  'x86.c',
  [
    test(
      'err',
      local('err'),
      [call('kvm_queue_exception_e', { vector: 13 }), giveBack('return 1', 1)],
      [
        call('kvm_skip_emulated_instruction', {}, { into: 'r' }),
        giveBack('return kvm_skip_emulated_instruction(vcpu)', local('r')),
      ],
      { by: 'apm', source: 'APM vol. 3, WRMSR: #GP' },
    ),
  ],
  { params: ['err'] },
);
