import { exitCode } from '#isa/exit-codes.ts';
import { all, any, equal, fact, is, local, not } from '#machine/expr.ts';
import { assignLocal, call, effect, fn, giveBack, loop, send, test, trace, write } from '../ir.ts';
import { errno, exitReason, isGuestMode, onVmcb01, onVmcb02, requestEvent } from '../words.ts';
import { completion } from './msr.ts';

/** The loop of KVM_RUN and what it does before it enters the guest. Source: x86.c of Linux 6.12.117. */

const tripleFault = is('tripleFault', 'pending');

export const vcpu_run = fn(
  'vcpu_run',
  'x86.c',
  [
    loop('for (;;)', [
      test(
        'kvm_vcpu_running(vcpu)',
        not(fact('halted')),
        [call('vcpu_enter_guest', {}, { into: 'r' })],
        [
          effect('vcpu_block(vcpu)', [send('HALT')], { by: 'apm', source: 'APM vol. 3, HLT' }),
          giveBack('the vCPU thread sleeps', 1),
        ],
      ),
      test('r <= 0', not(equal(local('r'), 1)), [giveBack('return r', local('r'))]),
      test('the guest runs', is('run', 'guest'), [giveBack('the guest runs', 1)]),
    ]),
  ],
  { visibility: 'frame' },
);

/** What happens after a #VMEXIT: the handler, then the loop again. */
export const vcpu_run_exit = fn(
  'vcpu_run_exit',
  'x86.c',
  [
    call('svm_vcpu_run'),
    call('svm_handle_exit', {}, { into: 'r' }),
    test('r <= 0', not(equal(local('r'), 1)), [giveBack('return r', local('r'))]),
    call('vcpu_run', {}, { into: 'r' }),
    giveBack('return r', local('r')),
  ],
  { visibility: 'frame' },
);

/** What a reset returns from the loop: the run of the model stops there. */
export const resetReturn = 2;

/** `kvm_request_pending(vcpu)` */
const requestsPending = any(
  is('event', 'pending'),
  is('tripleFault', 'pending'),
  is('getNestedStatePages', 'pending'),
  is('smi', 'pending'),
  is('recalcIntercepts', 'pending'),
);

export const vcpu_enter_guest = fn(
  'vcpu_enter_guest',
  'x86.c',
  [
    test('kvm_check_request(KVM_REQ_GET_NESTED_STATE_PAGES, vcpu)', is('getNestedStatePages', 'pending'), [
      effect('KVM_REQ_GET_NESTED_STATE_PAGES is taken', [send('SERVE_NESTED_STATE_PAGES')]),
      call('svm_get_nested_state_pages'),
    ]),
    test('kvm_test_request(KVM_REQ_TRIPLE_FAULT, vcpu)', tripleFault, [
      test('is_guest_mode(vcpu)', isGuestMode, [call('nested_svm_triple_fault')], [], {
        source: '92e7d5c83aff',
      }),
      test('kvm_check_request(KVM_REQ_TRIPLE_FAULT, vcpu)', tripleFault, [
        effect('KVM_REQ_TRIPLE_FAULT is taken', [send('CLEAR_TRIPLE_FAULT')]),
        exitReason('KVM_EXIT_SHUTDOWN'),
        giveBack('r = 0', 0),
      ]),
    ]),
    test('kvm_check_request(KVM_REQ_SMI, vcpu)', is('smi', 'pending'), [
      effect('KVM_REQ_SMI is taken', [send('CLEAR_SMI')]),
      call('process_smi'),
    ]),
    test('kvm_check_request(KVM_REQ_EVENT, vcpu)', is('event', 'pending'), [
      effect('KVM_REQ_EVENT is taken', [send('CLEAR_EVENT')]),
      call('kvm_apic_accept_events', {}, { into: 'reset' }),
      test('the vCPU was reset', local('reset'), [giveBack('r = 1', resetReturn)]),
      call('kvm_check_and_inject_events', {}, { into: 'r' }),
      test('req_immediate_exit', equal(local('r'), errno.EBUSY), [
        requestEvent,
        call('enter_guest'),
        test('the guest still runs', is('run', 'guest'), [call('immediate_exit')]),
        call('svm_vcpu_run'),
        call('svm_handle_exit', {}, { into: 'r' }),
        giveBack('return r', local('r')),
      ]),
    ]),
    test('kvm_vcpu_exit_request(vcpu)', requestsPending, [giveBack('r = 1', 1)], [], {
      source: 'a request was made meanwhile',
    }),
    call('enter_guest'),
    test('the guest exits at once', is('run', 'kvm'), [
      call('svm_vcpu_run'),
      call('svm_handle_exit', {}, { into: 'r' }),
      giveBack('return r', local('r')),
    ]),
    giveBack('r = 1', 1),
  ],
  { visibility: 'frame' },
);

export const kvm_check_and_inject_events = fn(
  'kvm_check_and_inject_events',
  'x86.c',
  [
    assignLocal('r', 'r = 0', 0),
    test('is_guest_mode(vcpu)', isGuestMode, [call('kvm_check_nested_events', {}, { into: 'r' })]),
    test('vcpu->arch.exception.injected', fact('injectedException'), [
      call('kvm_inject_exception', { exception: fact('injectedException') }),
    ]),
    test('r < 0', equal(local('r'), errno.EBUSY), [giveBack('return r', local('r'))]),
    assignLocal(
      'can_inject',
      'can_inject = !kvm_event_needs_reinjection(vcpu)',
      not(fact('injectedException')),
    ),
    test('vcpu->arch.exception.pending', fact('pendingException'), [
      call('kvm_inject_exception', { exception: fact('pendingException') }),
      effect('exception.pending = false, exception.injected = true', [
        write('injectedException', fact('pendingException')),
        write('pendingException', 0),
      ]),
      assignLocal('can_inject', 'can_inject = false', 0),
    ]),
    test('vcpu->arch.smi_pending', fact('smiPending'), [
      test(
        'can_inject',
        local('can_inject'),
        [call('svm_smi_allowed', {}, { into: 'r' })],
        [assignLocal('r', 'r = -EBUSY', errno.EBUSY)],
      ),
      test('r < 0', equal(local('r'), errno.EBUSY), [giveBack('return r', local('r'))]),
      test(
        'r',
        local('r'),
        [effect('vcpu->arch.smi_pending = false', [write('smiPending', 0)]), call('enter_smm')],
        [call('svm_enable_smi_window')],
      ),
    ]),
    giveBack('return 0', 0),
  ],
  { visibility: 'inlined' },
);

export const kvm_check_nested_events = fn(
  'kvm_check_nested_events',
  'x86.c',
  [
    test('kvm_test_request(KVM_REQ_TRIPLE_FAULT, vcpu)', tripleFault, [
      call('nested_svm_triple_fault'),
      giveBack('return 1', 1),
    ]),
    call('svm_check_nested_events', {}, { into: 'r' }),
    giveBack('return check_events(vcpu)', local('r')),
  ],
  { visibility: 'inlined' },
);

/** VMRUN of the host: the guest runs, an injected exception first goes to its handler. */
export const enter_guest = fn(
  'enter_guest',
  '',
  [
    trace('kvm_entry'),
    effect('the processor enters the guest', [send('VMENTRY')], { by: 'apm', source: 'APM vol. 2, VMRUN' }),
    test('EVENTINJ.V', fact('eventInj'), [call('processor: deliver')]),
  ],
  { visibility: 'processor' },
);

/** KVM_RUN_FORCE_IMMEDIATE_EXIT: a self-IPI makes the guest exit before its first instruction. */
export const immediate_exit = fn(
  'immediate_exit',
  '',
  [
    effect('#VMEXIT: physical interrupt', [
      send('VMEXIT'),
      write('exitCode', exitCode.INTR),
      write('exitIntInfo', 0),
      write('nextRip01', 0, onVmcb01),
      write('nextRip02', 0, onVmcb02),
    ]),
  ],
  { visibility: 'processor' },
);

const wantsToRun = fact('wantsToRun');

export const kvm_arch_vcpu_ioctl_run = fn(
  'kvm_arch_vcpu_ioctl_run',
  'x86.c',
  [
    effect('vcpu->wants_to_run = !run->immediate_exit', [write('wantsToRun', not(local('immediate_exit')))]),
    test('kvm_run->kvm_dirty_regs', local('dirty_regs'), [
      call('__set_sregs', { efer: local('efer') }, { into: 'r' }),
      test('r', local('r'), [giveBack('return -EINVAL', errno.EINVAL)]),
    ]),
    test('vcpu->arch.complete_userspace_io', fact('completion'), [
      test(
        'complete_fast_pio_out',
        equal(fact('completion'), completion.portWrite),
        [
          effect('vcpu->arch.complete_userspace_io = NULL', [write('completion', 0)]),
          call('complete_fast_pio_out', {}, { into: 'r' }),
        ],
        [
          effect('vcpu->arch.complete_userspace_io = NULL', [write('completion', 0)]),
          call('complete_fast_msr_access', {}, { into: 'r' }),
        ],
      ),
    ]),
    test('!vcpu->wants_to_run', not(wantsToRun), [giveBack('return -EINTR', errno.EINTR)]),
    call('vcpu_run', {}, { into: 'r' }),
    giveBack('return r', local('r')),
  ],
  { params: ['immediate_exit', 'dirty_regs', 'efer'] },
);

/** The end of the KVM_RUN ioctl: the vCPU thread is back in userspace. */
export const return_to_userspace = fn(
  'return_to_userspace',
  '/virt/kvm/kvm_main.c',
  [
    effect('vcpu->wants_to_run = false', [write('wantsToRun', 0)]),
    test(
      'run->exit_reason == KVM_EXIT_SHUTDOWN',
      all(local('is_exit'), equal(fact('exitReason'), 8)),
      [effect('userspace sees a shutdown', [send('SHUT_DOWN')])],
      [effect('userspace has the vCPU', [send('EXIT_TO_USERSPACE')])],
    ),
    trace('kvm_userspace_exit', { reason: fact('exitReason'), errno: local('errno') }),
  ],
  { params: ['is_exit', 'errno'], visibility: 'frame' },
);
