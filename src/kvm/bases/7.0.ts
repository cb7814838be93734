import { any, fact, local, not } from '#machine/expr.ts';
import { loadSregs, sregsAreConsistent } from '../functions/ioctl.ts';
import { afterRdmsr, afterWrmsr, filterTest } from '../functions/msr.ts';
import { cachedControls, failedVmrun, vmrunEntry, vmrunPrologue } from '../functions/vmrun.ts';
import { call, fn, giveBack, test, trace, type KvmFunction } from '../ir.ts';
import { override, type Base } from '../kernel.ts';
import { applyPatch, type Change } from '../patch.ts';
import { gif } from '../patches/gif.ts';
import { errno } from '../words.ts';
import { base612 } from './6.12.ts';

/**
 * What 7.0 does otherwise than 6.12.117: the GIF patches are in, the MSR chain has other names, and the fixes of 2026
 * that the 6.12 branch took are not in yet. Source: the list's contexts of early 2026; names without a recording are
 * marked UNVERIFIED.
 */

const unverified = { mark: 'unverified' } as const;

const kvm_emulate_wrmsr = fn('kvm_emulate_wrmsr', 'x86.c', [
  call('__kvm_emulate_wrmsr', { data: fact('msrData') }, { into: 'r' }),
  giveBack('return __kvm_emulate_wrmsr()', local('r')),
]);

const __kvm_emulate_wrmsr = fn(
  '__kvm_emulate_wrmsr',
  'x86.c',
  [call('kvm_emulate_msr_write', { data: local('data') }, { into: 'r' }), ...afterWrmsr()],
  { params: ['data'] },
);

const kvm_emulate_msr_write = fn(
  'kvm_emulate_msr_write',
  'x86.c',
  [
    filterTest(),
    call('kvm_set_msr_ignored_check', { data: local('data'), host_initiated: 0 }, { into: 'r' }),
    giveBack('return kvm_set_msr_ignored_check()', local('r')),
  ],
  { params: ['data'] },
);

const kvm_set_msr_ignored_check = fn(
  'kvm_set_msr_ignored_check',
  'x86.c',
  [
    call(
      'kvm_do_msr_access',
      { data: local('data'), host_initiated: local('host_initiated') },
      { into: 'r' },
    ),
    giveBack('return kvm_do_msr_access()', local('r')),
  ],
  { params: ['data', 'host_initiated'] },
);

const kvm_do_msr_access = fn(
  'kvm_do_msr_access',
  'x86.c',
  [
    call('svm_set_msr', { data: local('data'), host_initiated: local('host_initiated') }, { into: 'r' }),
    giveBack('return svm_set_msr()', local('r')),
  ],
  { params: ['data', 'host_initiated'], visibility: 'inlined', ...unverified },
);

const kvm_emulate_rdmsr = fn('kvm_emulate_rdmsr', 'x86.c', [
  call('__kvm_emulate_rdmsr', {}, { into: 'r' }),
  giveBack('return __kvm_emulate_rdmsr()', local('r')),
]);

const __kvm_emulate_rdmsr = fn('__kvm_emulate_rdmsr', 'x86.c', [
  call('kvm_emulate_msr_read', {}, { into: 'r' }),
  ...afterRdmsr(),
]);

const kvm_emulate_msr_read = fn(
  'kvm_emulate_msr_read',
  'x86.c',
  [
    call('kvm_get_msr_ignored_check', {}, { into: 'r' }),
    giveBack('return kvm_get_msr_ignored_check()', local('r')),
  ],
  unverified,
);

/** 7.0 leaves GIF alone where the consistency checks fail: f85a6ce06e4a came with 7.1. */
const nested_svm_vmrun = fn('nested_svm_vmrun', 'svm/nested.c', [
  ...vmrunPrologue,
  call('nested_vmcb_check_save', {}, { into: 'save' }),
  test('!nested_vmcb_check_save(vcpu)', not(local('save')), [
    failedVmrun,
    giveBack('return ret', local('ret')),
  ]),
  call('nested_vmcb_check_controls', {}, { into: 'controls' }),
  test('!nested_vmcb_check_controls(vcpu)', not(local('controls')), [
    failedVmrun,
    giveBack('return ret', local('ret')),
  ]),
  ...vmrunEntry,
]);

const checkOf = (part: 'save' | 'controls', args: Parameters<typeof call>[1]): KvmFunction =>
  fn(
    `nested_vmcb_check_${part}`,
    'svm/nested.c',
    [
      call(`__nested_vmcb_check_${part}`, args, { into: 'r' }),
      giveBack(`return __nested_vmcb_check_${part}()`, local('r')),
    ],
    { visibility: 'inlined', ...unverified },
  );

/** c36991c6f8d2 came with 7.1: L0 handles L2's VMMCALL that L1 does not intercept. */
const vmmcall_interception = fn('vmmcall_interception', 'svm/svm.c', [
  call('kvm_emulate_hypercall', {}, { into: 'r' }),
  giveBack('return kvm_emulate_hypercall(vcpu)', local('r')),
]);

/** d99df02ff427 came with 7.1: INVLPGA lacks the permission check. */
const invlpga_interception = fn('invlpga_interception', 'svm/svm.c', [
  trace('kvm_invlpga'),
  call('kvm_skip_emulated_instruction', {}, { into: 'r' }),
  giveBack('return kvm_skip_emulated_instruction(vcpu)', local('r')),
]);

/** 184bd464bdb6 is of July 2026: KVM_SET_SREGS loads an EFER that the guest's CPUID does not allow. */
const __set_sregs_common = fn('__set_sregs_common', 'x86.c', [...sregsAreConsistent, ...loadSregs], {
  params: ['efer'],
});

/** 6f4d3ebc24c6: with SVME=0 flags may be none, which clears GIF. */
const noFlagsToo: Change = {
  do: 'replace',
  fn: 'svm_set_nested_state',
  at: 'kvm_state->flags != KVM_STATE_NESTED_GIF_SET',
  nodes: [
    test(
      'kvm_state->flags & ~KVM_STATE_NESTED_GIF_SET',
      any(local('guest_mode'), local('run_pending')),
      [giveBack('return -EINVAL', errno.EINVAL)],
      [],
      { source: '6f4d3ebc24c6' },
    ),
  ],
};

const withNames = override(
  base612.functions,
  kvm_emulate_wrmsr,
  __kvm_emulate_wrmsr,
  kvm_emulate_msr_write,
  kvm_set_msr_ignored_check,
  kvm_do_msr_access,
  kvm_emulate_rdmsr,
  __kvm_emulate_rdmsr,
  kvm_emulate_msr_read,
  nested_svm_vmrun,
  checkOf('save', { efer: fact('eferCached') }),
  checkOf('controls', cachedControls),
  vmmcall_interception,
  invlpga_interception,
  __set_sregs_common,
);

/** The tree that v1 and v2 were written against. */
export const base70: Base = {
  id: '7.0',
  title: 'Linux 7.0',
  tree: { version: 'v7.0', lines: {} },
  functions: applyPatch(withNames, { ...gif, id: '7.0', bases: [], changes: [...gif.changes, noFlagsToo] }),
};
