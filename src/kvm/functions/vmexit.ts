import { exitCode } from '#isa/exit-codes.ts';
import { add, all, any, fact, local, not, type Expr } from '#machine/expr.ts';
import { call, effect, fn, giveBack, send, test, trace, write, type Node } from '../ir.ts';
import { archEfer, cpl, errno, l1Intercepts, requestEvent, smiBlocked, warnOn } from '../words.ts';

/** #VMEXIT from L2 to L1 as KVM emulates it, and the events that make one. Source: nested.c of Linux 6.12.117. */

export const nested_svm_vmexit = fn('nested_svm_vmexit', 'svm/nested.c', [
  call('leave_guest_mode'),
  warnOn('WARN_ON_ONCE(svm->nested.nested_run_pending)', fact('runPending'), 'I10'),
  effect('kvm_clear_request(KVM_REQ_GET_NESTED_STATE_PAGES, vcpu)', [send('CLEAR_NESTED_STATE_PAGES')]),
  effect('vcpu->arch.mp_state = KVM_MP_STATE_RUNNABLE', [write('halted', 0)]),
  effect(
    'vmcb12->save takes the state of L2',
    [write('efer12', archEfer), write('efer12Given', 1), write('rip12', fact('rip')), write('cpl12', cpl)],
    { by: 'apm', source: 'APM vol. 2, #VMEXIT: guest state is saved' },
  ),
  effect('vmcb12->control.exit_code = vmcb02->control.exit_code', [write('exitCode12', fact('exitCode'))], {
    by: 'apm',
    source: 'APM vol. 2, #VMEXIT: EXITCODE',
  }),
  call('svm_switch_vmcb', { target: 1 }),
  test('!nested_exit_on_intr(svm)', not(l1Intercepts('INTR')), [requestEvent]),
  call('svm_set_gif', { value: 0 }, { by: 'apm', source: 'APM vol. 2, #VMEXIT clears GIF' }),
  effect('kvm_set_rflags(vcpu, vmcb01->save.rflags)', [], {
    by: 'apm',
    source: 'APM vol. 2, #VMEXIT: host state is loaded',
  }),
  requestEvent,
  call(
    'svm_set_efer',
    { efer: fact('efer01') },
    { by: 'apm', source: 'APM vol. 2, #VMEXIT: host state is loaded' },
  ),
  call('svm_set_cr0'),
  call('svm_set_cr4'),
  effect('kvm_rip_write(vcpu, vmcb01->save.rip)', [write('rip', fact('rip01'))], {
    by: 'apm',
    source: 'APM vol. 2, #VMEXIT: host state is loaded',
  }),
  trace('kvm_nested_vmexit_inject', { exit_code: fact('exitCode') }),
  call('nested_svm_load_cr3'),
  effect('kvm_clear_exception_queue(vcpu)', [
    write('pendingException', 0),
    write('injectedException', 0),
    write('exceptionVmexit', 0),
  ]),
  giveBack('return 0', 0),
]);

export const nested_svm_simple_vmexit = fn(
  'nested_svm_simple_vmexit',
  'svm/svm.h',
  [
    effect('svm->vmcb->control.exit_code = exit_code', [write('exitCode', local('exit_code'))]),
    call('nested_svm_vmexit', {}, { into: 'r' }),
    giveBack('return nested_svm_vmexit(svm)', local('r')),
  ],
  { params: ['exit_code'], visibility: 'inlined' },
);

export const nested_svm_triple_fault = fn('nested_svm_triple_fault', 'svm/nested.c', [
  test(
    '!vmcb12_is_intercept(&svm->nested.ctl, INTERCEPT_SHUTDOWN)',
    not(l1Intercepts('SHUTDOWN')),
    [giveBack('return', 0)],
    [],
    { by: 'apm', source: 'APM vol. 2, SHUTDOWN intercept; 92e7d5c83aff' },
  ),
  effect('kvm_clear_request(KVM_REQ_TRIPLE_FAULT, vcpu)', [send('CLEAR_TRIPLE_FAULT')]),
  call('nested_svm_simple_vmexit', { exit_code: 0x7f }),
]);

const runPending = fact('runPending');
const blockEvents = any(runPending, fact('injectedException'));
const busy = giveBack('return -EBUSY', errno.EBUSY);

/** An event that L1 gets as a #VMEXIT if it intercepts it, and L2 itself otherwise. */
const eventToL1 = (pending: string, when: Expr, intercept: 'INIT' | 'SMI'): Node =>
  test(pending, when, [
    test('block_nested_events', blockEvents, [busy]),
    test(
      `!nested_exit_on_${intercept.toLowerCase()}(svm)`,
      not(l1Intercepts(intercept)),
      [giveBack('return 0', 0)],
      [],
      {
        by: 'apm',
        source: `APM vol. 2, ${intercept} intercept`,
      },
    ),
    call('nested_svm_simple_vmexit', { exit_code: exitCode[intercept] }),
    giveBack('return 0', 0),
  ]);

const exceptionPending = (
  what: string,
  register: 'exceptionVmexit' | 'pendingException',
  then: readonly Node[],
): Node =>
  test(what, fact(register), [
    test('block_nested_exceptions', runPending, [busy]),
    ...then,
    giveBack('return 0', 0),
  ]);

/** The order is that of priority: INIT, exceptions, SMI. NMI and IRQ are not modelled. */
export const svm_check_nested_events = fn('svm_check_nested_events', 'svm/nested.c', [
  eventToL1(
    'lapic_in_kernel(vcpu) && test_bit(KVM_APIC_INIT, &apic->pending_events)',
    fact('initLatched'),
    'INIT',
  ),
  exceptionPending('vcpu->arch.exception_vmexit.pending', 'exceptionVmexit', [
    call('nested_svm_inject_exception_vmexit'),
  ]),
  exceptionPending('vcpu->arch.exception.pending', 'pendingException', []),
  eventToL1(
    'vcpu->arch.smi_pending && !svm_smi_blocked(vcpu)',
    all(fact('smiPending'), not(smiBlocked)),
    'SMI',
  ),
  giveBack('return 0', 0),
]);

export const nested_svm_inject_exception_vmexit = fn(
  'nested_svm_inject_exception_vmexit',
  'svm/nested.c',
  [
    effect('vmcb->control.exit_code = SVM_EXIT_EXCP_BASE + ex->vector', [
      write('exitCode', add(fact('exceptionVmexit'), 0x3f)),
    ]),
    call('nested_svm_vmexit'),
  ],
  { visibility: 'inlined' },
);
