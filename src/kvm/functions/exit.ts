import { exitCode } from '#isa/exit-codes.ts';
import { all, any, bitAnd, equal, fact, local, not, shiftRight } from '#machine/expr.ts';
import type { Expr } from '#machine/expr.ts';
import { assignLocal, call, dispatch, effect, fn, giveBack, test, trace, write } from '../ir.ts';
import { exitReason, isGuestMode, l1Intercepts, nestedExit, requestEvent } from '../words.ts';

/** From a #VMEXIT to its handler, and L1's say in it. Source: svm.c, nested.c of Linux 6.12.117. */

const code = fact('exitCode');
const isException = all(equal(bitAnd(code, 0xffffffe0), exitCode.EXCP_BASE));

export const svm_handle_exit = fn('svm_handle_exit', 'svm/svm.c', [
  test('is_guest_mode(vcpu)', isGuestMode, [
    trace('kvm_nested_vmexit', { exit_code: code }),
    call('nested_svm_exit_special', {}, { into: 'vmexit' }),
    test('vmexit == NESTED_EXIT_CONTINUE', equal(local('vmexit'), nestedExit.CONTINUE), [
      call('nested_svm_exit_handled', {}, { into: 'vmexit' }),
    ]),
    test('vmexit == NESTED_EXIT_DONE', equal(local('vmexit'), nestedExit.DONE), [giveBack('return 1', 1)]),
  ]),
  test('svm->vmcb->control.exit_code == SVM_EXIT_ERR', equal(code, exitErr()), [
    exitReason('KVM_EXIT_FAIL_ENTRY'),
    giveBack('return 0', 0),
  ]),
  call('svm_invoke_exit_handler', {}, { into: 'r' }),
  giveBack('return svm_invoke_exit_handler(vcpu, exit_code)', local('r')),
]);

/** VMEXIT_INVALID as the low word of EXITCODE. */
export function exitErr(): number {
  return exitCode.ERR >>> 0;
}

/** Handlers by #VMEXIT code. */
export const exitHandlers: Readonly<Record<number, string>> = {
  [exitCode.EXCP_BASE + 6]: 'ud_interception',
  [exitCode.EXCP_BASE + 13]: 'gp_interception',
  [exitCode.INTR]: 'intr_interception',
  [exitCode.CPUID]: 'kvm_emulate_cpuid',
  [exitCode.RSM]: 'rsm_interception',
  [exitCode.HLT]: 'kvm_emulate_halt',
  [exitCode.INVLPGA]: 'invlpga_interception',
  [exitCode.IOIO]: 'io_interception',
  [exitCode.MSR]: 'msr_interception',
  [exitCode.SHUTDOWN]: 'shutdown_interception',
  [exitCode.VMRUN]: 'vmrun_interception',
  [exitCode.VMMCALL]: 'vmmcall_interception',
  [exitCode.VMLOAD]: 'vmload_interception',
  [exitCode.VMSAVE]: 'vmsave_interception',
  [exitCode.STGI]: 'stgi_interception',
  [exitCode.CLGI]: 'clgi_interception',
  [exitCode.SKINIT]: 'skinit_interception',
};

export const svm_invoke_exit_handler = fn('svm_invoke_exit_handler', 'svm/svm.c', [
  dispatch('svm_exit_handlers[exit_code](vcpu)', code, exitHandlers, 'r'),
  giveBack('return svm_exit_handlers[exit_code](vcpu)', local('r')),
]);

/** Exceptions that vmcb01 intercepts: #PF (without NPT), #UD, #MC, #AC, #DB always, #GP as the erratum or the backdoor wants. */
const alwaysIntercepted = (1 << 6) | (1 << 18) | (1 << 17) | (1 << 1);
const vector = bitAnd(code, 0x1f);
export const vmcb01InterceptsVector: Expr = any(
  bitAnd(shiftRight(alwaysIntercepted, vector), 1),
  all(equal(vector, 13), fact('gpIntercept01')),
  all(equal(vector, 14), not(fact('npt'))),
);

export const nested_svm_exit_special = fn('nested_svm_exit_special', 'svm/nested.c', [
  test('SVM_EXIT_INTR, SVM_EXIT_NMI', any(equal(code, exitCode.INTR), equal(code, exitCode.NMI)), [
    giveBack('return NESTED_EXIT_HOST', nestedExit.HOST),
  ]),
  test('SVM_EXIT_EXCP_BASE ...', isException, [
    test('vmcb01 intercepts[INTERCEPT_EXCEPTION] & excp_bits', vmcb01InterceptsVector, [
      giveBack('return NESTED_EXIT_HOST', nestedExit.HOST),
    ]),
  ]),
  giveBack('return NESTED_EXIT_CONTINUE', nestedExit.CONTINUE),
]);

export const nested_svm_exit_handled = fn('nested_svm_exit_handled', 'svm/nested.c', [
  call('nested_svm_intercept', {}, { into: 'vmexit' }),
  test('vmexit == NESTED_EXIT_DONE', equal(local('vmexit'), nestedExit.DONE), [
    call('nested_svm_vmexit', {}, { by: 'apm', source: 'APM vol. 2, #VMEXIT' }),
  ]),
  giveBack('return vmexit', local('vmexit')),
]);

/** Intercepts whose exit code equals their bit number, as `vmcb12_is_intercept(ctl, exit_code)` relies on. */
const interceptsByCode = [
  'CPUID',
  'RSM',
  'HLT',
  'INVLPGA',
  'SHUTDOWN',
  'VMRUN',
  'VMMCALL',
  'VMLOAD',
  'VMSAVE',
  'STGI',
  'CLGI',
  'SKINIT',
] as const;

export const nested_svm_intercept = fn(
  'nested_svm_intercept',
  'svm/nested.c',
  [
    test('SVM_EXIT_MSR', equal(code, exitCode.MSR), [
      call('nested_svm_exit_handled_msr', {}, { into: 'vmexit' }),
      giveBack('return vmexit', local('vmexit')),
    ]),
    test('SVM_EXIT_IOIO', equal(code, exitCode.IOIO), [
      test('!(vmcb12_is_intercept(&svm->nested.ctl, INTERCEPT_IOIO_PROT))', not(l1Intercepts('IOIO_PROT')), [
        giveBack('return NESTED_EXIT_HOST', nestedExit.HOST),
      ]),
      giveBack("return NESTED_EXIT_HOST: L1's I/O permission map is all zeroes", nestedExit.HOST, {
        mark: 'unverified',
      }),
    ]),
    test('SVM_EXIT_EXCP_BASE ...', isException, [giveBack('return NESTED_EXIT_DONE', nestedExit.DONE)]),
    test('SVM_EXIT_ERR', equal(code, exitErr()), [giveBack('return NESTED_EXIT_DONE', nestedExit.DONE)]),
    test(
      'vmcb12_is_intercept(&svm->nested.ctl, exit_code)',
      any(...interceptsByCode.map((name) => all(equal(code, exitCode[name]), l1Intercepts(name)))),
      [giveBack('return NESTED_EXIT_DONE', nestedExit.DONE)],
      [],
      { by: 'apm', source: 'APM vol. 2, Instruction Intercepts' },
    ),
    giveBack('return NESTED_EXIT_HOST', nestedExit.HOST),
  ],
  { visibility: 'inlined' },
);

const eferBit = any(
  all(fact('exitInfo1'), fact('msrpmWrite12')),
  all(not(fact('exitInfo1')), fact('msrpmRead12')),
);

export const nested_svm_exit_handled_msr = fn(
  'nested_svm_exit_handled_msr',
  'svm/nested.c',
  [
    test(
      '!vmcb12_is_intercept(&svm->nested.ctl, INTERCEPT_MSR_PROT)',
      not(l1Intercepts('MSR_PROT')),
      [giveBack('return NESTED_EXIT_HOST', nestedExit.HOST)],
      [],
      { by: 'apm', source: 'APM vol. 2, MSR intercepts: the map counts only with MSR_PROT' },
    ),
    assignLocal(
      'value',
      'bit 2 * (msr & 0xf) + write of the map in memory of L1',
      all(equal(fact('msr'), 0), eferBit),
    ),
    test(
      'value & mask',
      local('value'),
      [giveBack('return NESTED_EXIT_DONE', nestedExit.DONE)],
      [giveBack('return NESTED_EXIT_HOST', nestedExit.HOST)],
      { by: 'apm', source: 'APM vol. 2, MSR permission map; read at each exit' },
    ),
  ],
  { visibility: 'inlined' },
);

/** The end of svm_vcpu_run(): what every exit resets before its handler runs. */
export const svm_vcpu_run = fn(
  'svm_vcpu_run',
  'svm/svm.c',
  [
    effect('svm->next_rip = 0', [write('svmNextRip', 0)]),
    test('is_guest_mode(vcpu)', isGuestMode, [
      effect('svm->nested.nested_run_pending = 0', [write('runPending', 0)]),
      effect('svm->nested.ctl.next_rip = svm->vmcb->control.next_rip', [write('nextRip', fact('nextRip02'))]),
    ]),
    trace('kvm_exit', { exit_code: code }),
    call('svm_complete_interrupts'),
  ],
  { visibility: 'inlined' },
);

/** What was in delivery when the guest exited is injected again. */
export const svm_complete_interrupts = fn(
  'svm_complete_interrupts',
  'svm/svm.c',
  [
    effect('kvm_clear_exception_queue(vcpu)', [write('injectedException', 0), write('pendingException', 0)]),
    test('exitintinfo & SVM_EXITINTINFO_VALID', fact('exitIntInfo'), [
      requestEvent,
      effect('kvm_requeue_exception(vcpu)', [write('injectedException', fact('exitIntInfo'))], {
        by: 'apm',
        source: 'APM vol. 2, EXITINTINFO',
      }),
    ]),
  ],
  { visibility: 'inlined' },
);
