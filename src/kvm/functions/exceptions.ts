import { add, all, bitAnd, equal, fact, local, not, shiftRight, type Expr } from '#machine/expr.ts';
import { call, dispatch, effect, fn, giveBack, send, test, trace, write } from '../ir.ts';
import { gpVector, isGuestMode, requestEvent, udVector } from '../words.ts';

/** Exceptions that KVM raises in a guest, and L1's intercepts of them. Source: x86.c, nested.c of Linux 6.12.117. */

const vector = local('vector');

export const kvm_queue_exception = fn(
  'kvm_queue_exception',
  'x86.c',
  [call('kvm_multiple_exception', { vector })],
  {
    params: ['vector'],
  },
);

export const kvm_queue_exception_e = fn(
  'kvm_queue_exception_e',
  'x86.c',
  [call('kvm_multiple_exception', { vector })],
  {
    params: ['vector'],
  },
);

const injected = fact('injectedException');
const dfVector = 8;

/** exception_class(): of the vectors that the model raises only #GP is contributory; #UD is benign. */
const contributory = (of: Expr): Expr => equal(of, gpVector);

export const kvm_multiple_exception = fn(
  'kvm_multiple_exception',
  'x86.c',
  [
    requestEvent,
    test('!reinject && is_guest_mode(vcpu)', isGuestMode, [
      call('nested_svm_is_exception_vmexit', { vector }, { into: 'vmexit' }),
      test('nested_ops->is_exception_vmexit(vcpu, nr, error_code)', local('vmexit'), [
        effect('kvm_queue_exception_vmexit(vcpu, nr)', [write('exceptionVmexit', add(vector, 1))], {
          by: 'apm',
          source: 'APM vol. 2, exception intercepts',
        }),
        giveBack('return', 0),
      ]),
    ]),
    test('!exception.pending && !exception.injected', not(injected), [
      effect('vcpu->arch.exception.pending = true', [write('pendingException', add(vector, 1))]),
      giveBack('return', 0),
    ]),
    test(
      'prev_nr == DF_VECTOR',
      equal(injected, dfVector + 1),
      [
        effect('kvm_make_request(KVM_REQ_TRIPLE_FAULT, vcpu)', [send('REQUEST_TRIPLE_FAULT')]),
        giveBack('return', 0),
      ],
      [],
      { by: 'apm', source: 'APM vol. 2, Double-Fault Exception: shutdown' },
    ),
    test(
      'class1 == EXCPT_CONTRIBUTORY && class2 == EXCPT_CONTRIBUTORY',
      all(contributory(add(injected, -1)), contributory(vector)),
      [
        effect('exception.injected = exception.pending = false', [
          write('injectedException', 0),
          write('pendingException', 0),
        ]),
        call('kvm_queue_exception_e', { vector: dfVector }),
      ],
      [
        effect('the new exception replaces the old one', [
          write('injectedException', 0),
          write('pendingException', add(vector, 1)),
        ]),
      ],
      { by: 'apm', source: 'APM vol. 2, Double-Fault Exception' },
    ),
  ],
  { params: ['vector'] },
);

export const nested_svm_is_exception_vmexit = fn(
  'nested_svm_is_exception_vmexit',
  'svm/nested.c',
  [
    giveBack(
      'return nested.ctl.intercepts[INTERCEPT_EXCEPTION] & BIT(vector)',
      bitAnd(shiftRight(fact('icptw2'), vector), 1),
    ),
  ],
  { params: ['vector'] },
);

export const kvm_inject_exception = fn(
  'kvm_inject_exception',
  'x86.c',
  [
    trace('kvm_inj_exception', { vector: add(local('exception'), -1) }),
    call('svm_inject_exception', { exception: local('exception') }),
  ],
  { params: ['exception'], visibility: 'inlined' },
);

export const svm_inject_exception = fn(
  'svm_inject_exception',
  'svm/svm.c',
  [
    effect(
      'svm->vmcb->control.event_inj = vector | SVM_EVTINJ_VALID',
      [write('eventInj', local('exception'))],
      {
        by: 'apm',
        source: 'APM vol. 2, Event Injection',
      },
    ),
  ],
  { params: ['exception'] },
);

export const ud_interception = fn('ud_interception', 'svm/svm.c', [
  call('handle_ud', {}, { into: 'r' }),
  giveBack('return handle_ud(vcpu)', local('r')),
]);

export const handle_ud = fn('handle_ud', 'x86.c', [
  call('kvm_queue_exception', { vector: udVector }),
  giveBack('return 1', 1),
]);

const svmInstructions = [
  { exit: 0x80, handler: 'vmrun_interception', name: 'VMRUN' },
  { exit: 0x82, handler: 'vmload_interception', name: 'VMLOAD' },
  { exit: 0x83, handler: 'vmsave_interception', name: 'VMSAVE' },
] as const;

/** Only a #GP of an instruction has error code 0; one raised while an event was delivered has not. */
const errorCode = fact('exitIntInfo');

export const gp_interception = fn('gp_interception', 'svm/svm.c', [
  test('error_code', errorCode, [
    call('kvm_queue_exception_e', { vector: gpVector }),
    giveBack('return 1', 1),
  ]),
  call('svm_instr_opcode', {}, { into: 'opcode' }),
  test(
    'opcode == NONE_SVM_INSTR',
    not(local('opcode')),
    [
      test('enable_vmware_backdoor && !is_guest_mode(vcpu)', all(fact('vmwareBackdoor'), not(isGuestMode)), [
        effect('kvm_emulate_instruction(vcpu, EMULTYPE_VMWARE_GP): no backdoor instruction', []),
      ]),
    ],
    [
      call('emulate_svm_instr', { opcode: local('opcode') }, { into: 'r' }),
      giveBack('return emulate_svm_instr(vcpu, opcode)', local('r')),
    ],
    { source: 'the workaround for processors that check RAX too early' },
  ),
  call('kvm_queue_exception_e', { vector: gpVector }),
  giveBack('return 1', 1),
]);

export const svm_instr_opcode = fn(
  'svm_instr_opcode',
  'svm/svm.c',
  [
    ...svmInstructions.map(({ exit, name }) =>
      test(`SVM_INSTR_${name}`, equal(fact('opcode'), exit), [giveBack(`return SVM_INSTR_${name}`, exit)]),
    ),
    giveBack('return NONE_SVM_INSTR', 0),
  ],
  { visibility: 'inlined' },
);

export const emulate_svm_instr = fn(
  'emulate_svm_instr',
  'svm/svm.c',
  [
    test(
      'is_guest_mode(vcpu)',
      isGuestMode,
      [call('nested_svm_simple_vmexit', { exit_code: local('opcode') }), giveBack('return 1', 1)],
      [],
      { source: 'gives the exit to L1 without asking vmcb12' },
    ),
    dispatch(
      'svm_instr_handlers[opcode](vcpu)',
      local('opcode'),
      Object.fromEntries(svmInstructions.map(({ exit, handler }) => [exit, handler])),
      'r',
    ),
    giveBack('return svm_instr_handlers[opcode](vcpu)', local('r')),
  ],
  { params: ['opcode'], visibility: 'inlined' },
);
