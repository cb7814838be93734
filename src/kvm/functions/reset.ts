import { all, any, fact, is, local, not } from '#machine/expr.ts';
import { call, effect, fn, giveBack, send, test, write } from '../ir.ts';
import { exitReason, isGuestMode, isSmm, requestEvent, warnOn } from '../words.ts';

/** INIT, shutdown and what userspace does to pending events. Source: x86.c, lapic.c, svm.c of Linux 6.12.117. */

/** Returns 1 where the vCPU was reset. */
export const kvm_apic_accept_events = fn(
  'kvm_apic_accept_events',
  'lapic.c',
  [
    test('!kvm_apic_has_pending_init_or_sipi(vcpu)', not(fact('initLatched')), [giveBack('return 0', 0)]),
    test('is_guest_mode(vcpu)', isGuestMode, [
      call('kvm_check_nested_events', {}, { into: 'r' }),
      test('r < 0', local('r'), [giveBack('return 0', 0)]),
    ]),
    test('is_smm(vcpu)', isSmm, [giveBack('return 0', 0)], [], {
      by: 'apm',
      source: 'APM vol. 2, SMM: INIT is held pending',
    }),
    call('svm_apic_init_signal_blocked', {}, { into: 'blocked' }),
    test('!kvm_apic_init_sipi_allowed(vcpu)', local('blocked'), [giveBack('return 0', 0)]),
    effect('test_and_clear_bit(KVM_APIC_INIT, &apic->pending_events)', [write('initLatched', 0)]),
    call('kvm_vcpu_reset'),
    giveBack('the vCPU was reset', 1),
  ],
  { visibility: 'inlined' },
);

export const svm_apic_init_signal_blocked = fn('svm_apic_init_signal_blocked', 'svm/svm.c', [
  giveBack('return !gif_set(svm)', is('gif', 'clear'), {
    by: 'apm',
    source: 'APM vol. 2, Global Interrupt Flag: INIT is held pending',
  }),
]);

export const kvm_vcpu_reset = fn('kvm_vcpu_reset', 'x86.c', [
  test('is_guest_mode(vcpu)', isGuestMode, [call('svm_leave_nested')], [], { source: 'ed129ec9057f' }),
  test('lapic_in_kernel(vcpu)', fact('irqchip'), [call('svm_update_cr8_intercept')]),
  warnOn('WARN_ON_ONCE(is_guest_mode(vcpu) || is_smm(vcpu))', any(isGuestMode, isSmm), 'I9'),
  effect('vcpu->arch.hflags = 0', [send('RESET')]),
  effect('pending events are dropped', [
    write('smiPending', 0),
    write('pendingException', 0),
    write('injectedException', 0),
    write('exceptionVmexit', 0),
  ]),
  requestEvent,
  call('svm_vcpu_reset'),
  effect('kvm_rip_write(vcpu, 0xfff0)', [write('rip', 0)], {
    by: 'apm',
    source: 'APM vol. 2, Processor Initialization',
  }),
  call('svm_set_cr0'),
  effect('CR0.PG = 0, EFER.LMA = 0, CPL 0', [write('paging', 0), write('cpl01', 0)]),
  call('svm_set_cr4'),
  call(
    'svm_set_efer',
    { efer: 0 },
    { by: 'apm', source: 'APM vol. 2, Processor Initialization: EFER is zero' },
  ),
  call('svm_update_exception_bitmap'),
]);

export const svm_vcpu_reset = fn('svm_vcpu_reset', 'svm/svm.c', [call('init_vmcb')]);

export const svm_update_exception_bitmap = fn('svm_update_exception_bitmap', 'svm/svm.c', [
  effect('vmcb01 does not intercept #BP', []),
  call('recalc_intercepts'),
]);

export const svm_update_cr8_intercept = fn('svm_update_cr8_intercept', 'svm/svm.c', [
  call('svm_clr_intercept'),
]);

export const shutdown_interception = fn('shutdown_interception', 'svm/svm.c', [
  effect('clear_page(svm->vmcb)', []),
  test('is_smm(vcpu)', isSmm, [call('kvm_smm_changed', { entering_smm: 0 })], [], { source: 'a2620f8932fa' }),
  call('kvm_vcpu_reset'),
  exitReason('KVM_EXIT_SHUTDOWN'),
  giveBack('return 0', 0),
]);

const validSmm = local('valid_smm');

export const kvm_vcpu_ioctl_x86_set_vcpu_events = fn(
  'kvm_vcpu_ioctl_x86_set_vcpu_events',
  'x86.c',
  [
    effect('exception_vmexit.pending = false', [write('exceptionVmexit', 0)]),
    call('svm_set_nmi_mask', { masked: fact('nmiMasked') }),
    test('events->flags & KVM_VCPUEVENT_VALID_SMM', validSmm, [
      test(
        '!!(vcpu->arch.hflags & HF_SMM_MASK) != events->smi.smm',
        any(all(isSmm, not(local('smm'))), all(not(isSmm), local('smm'))),
        [
          call('svm_leave_nested', {}, { source: 'f7e570780efc' }),
          call('kvm_smm_changed', { entering_smm: local('smm') }),
        ],
      ),
      test('lapic_in_kernel(vcpu)', fact('irqchip'), [
        effect('KVM_APIC_INIT = events->smi.latched_init', [write('initLatched', local('latched_init'))]),
      ]),
    ]),
    test('events->flags & KVM_VCPUEVENT_VALID_TRIPLE_FAULT', local('valid_triple_fault'), [
      test(
        'events->triple_fault.pending',
        local('triple_fault'),
        [effect('kvm_make_request(KVM_REQ_TRIPLE_FAULT, vcpu)', [send('REQUEST_TRIPLE_FAULT')])],
        [effect('kvm_clear_request(KVM_REQ_TRIPLE_FAULT, vcpu)', [send('CLEAR_TRIPLE_FAULT')])],
      ),
    ]),
    requestEvent,
    giveBack('return 0', 0),
  ],
  { params: ['valid_smm', 'smm', 'latched_init', 'valid_triple_fault', 'triple_fault'] },
);

/** The vCPU's file descriptor is closed for good. */
export const svm_vcpu_free = fn(
  'svm_vcpu_free',
  'svm/svm.c',
  [
    call('svm_leave_nested', {}, { source: '917401f26a6a' }),
    call('svm_free_nested'),
    effect('the vCPU is freed', [write('freed', 1)]),
  ],
  { visibility: 'inlined' },
);
