import { exitCode } from '#isa/exit-codes.ts';
import { instructionNames, instructions, type InstructionName } from '#isa/instructions.ts';
import { add, all, any, bitAndNot, bitOr, choose, fact, is, local, not, type Expr } from '#machine/expr.ts';
import {
  assignLocal,
  call,
  effect,
  fn,
  giveBack,
  send,
  test,
  trace,
  write,
  type KvmFunction,
  type Node,
} from '../ir.ts';
import { archEfer, cpl, gpVector, interceptedBy, onVmcb01, onVmcb02, udVector } from '../words.ts';

/**
 * What the processor does before KVM sees anything: privilege, intercepts of the current VMCB, or the instruction
 * itself. Source: AMD APM, Volume 2, "SVM Intercepts"; `isa/instructions.ts`.
 */

const nextPointer = add(fact('rip'), 1);

/** Whether the current VMCB makes the instruction exit: L0's intercept in vmcb01, in vmcb02 with L1's beside it. */
const intercepted: Readonly<Record<InstructionName, Expr>> = {
  // L0 passes none of these MSRs through, so its own map makes every access exit.
  WRMSR: any(1),
  RDMSR: any(1),
  VMRUN: any(1),
  VMMCALL: any(1),
  // Without virtual VMLOAD and VMSAVE for L2, vmcb02 always intercepts them: nested_vmcb_needs_vls_intercept().
  VMLOAD: any(onVmcb02, fact('vmloadIntercept01')),
  VMSAVE: any(onVmcb02, fact('vmloadIntercept01')),
  STGI: interceptedBy(fact('stgiIntercept01'), 'STGI'),
  CLGI: interceptedBy(fact('clgiIntercept01'), 'CLGI'),
  SKINIT: any(1),
  INVLPGA: any(1),
  CPUID: any(1),
  HLT: any(1),
  EXIT: any(1),
};

/** What an instruction that does not exit does by itself. */
const own: Readonly<Partial<Record<InstructionName, readonly Node[]>>> = {
  STGI: [effect('V_GIF = 1', [send('SET_GIF')], { by: 'apm', source: 'APM vol. 2, Virtual GIF' })],
  CLGI: [effect('V_GIF = 0', [send('CLEAR_GIF')], { by: 'apm', source: 'APM vol. 2, Virtual GIF' })],
};

/** Operands: the MSR and its data, or what the caller has put in place already. */
const operands: Readonly<Partial<Record<InstructionName, readonly Node[]>>> = {
  WRMSR: [
    effect('RCX, EDX:EAX', [
      write('msr', local('msr')),
      write(
        'msrData',
        choose(local('has_value'), local('value'), bitAndNot(bitOr(archEfer, local('set')), local('clear'))),
      ),
    ]),
  ],
  RDMSR: [effect('RCX', [write('msr', local('msr'))])],
  VMRUN: [
    test('vmcb12->save.efer was never written', all(is('guestMode', 'l1'), not(fact('efer12Given'))), [
      effect("vmcb12->save.efer is L1's EFER", [write('efer12', archEfer), write('efer12Given', 1)]),
    ]),
  ],
};

const params: Readonly<Partial<Record<InstructionName, readonly string[]>>> = {
  WRMSR: ['msr', 'has_value', 'value', 'set', 'clear'],
  RDMSR: ['msr'],
};

/** The processor's part of an instruction has this name, to tell it from the kernel's functions. */
export function processorName(name: InstructionName): string {
  return `processor: ${name}`;
}

function instruction(name: InstructionName): KvmFunction {
  const rule = instructions[name];
  const info1 = name === 'WRMSR' ? 1 : 0;
  return fn(
    processorName(name),
    '',
    [
      ...(operands[name] ?? []),
      effect('the instruction at RIP', [write('opcode', rule.exit)]),
      ...(rule.privileged
        ? [
            test(
              'CPL != 0',
              cpl,
              [
                call('processor: #GP', {}, { into: 'exits' }),
                giveBack('the instruction faults', local('exits')),
              ],
              [],
              { by: 'apm', source: 'APM vol. 3: general protection, CPL > 0' },
            ),
          ]
        : []),
      test(
        `the current VMCB intercepts ${name}`,
        intercepted[name],
        [
          call('processor: #VMEXIT', {
            exit_code: rule.exit,
            info1,
            saves_next_rip: rule.savesNextRip ? 1 : 0,
          }),
          giveBack('#VMEXIT', 1),
        ],
        [],
        { by: 'apm', source: 'APM vol. 2, Instruction Intercepts' },
      ),
      ...(own[name] ?? []),
      effect('RIP goes on', [write('rip', nextPointer)]),
      giveBack('no exit', 0),
    ],
    { params: params[name] ?? [], visibility: 'processor' },
  );
}

const hardwareExit = fn(
  'processor: #VMEXIT',
  '',
  [
    assignLocal(
      'next_rip',
      'nRIP, where the processor has NRIPS',
      choose(all(fact('nrips'), local('saves_next_rip')), nextPointer, 0),
      {
        by: 'apm',
        source: 'APM vol. 2, nRIP: saved on instruction intercepts',
      },
    ),
    effect('EXITCODE, EXITINFO, nRIP of the current VMCB', [
      send('VMEXIT'),
      write('exitCode', local('exit_code')),
      write('exitInfo1', local('info1')),
      write('exitInfo2', nextPointer),
      write('exitIntInfo', local('int_info')),
      write('nextRip01', local('next_rip'), onVmcb01),
      write('nextRip02', local('next_rip'), onVmcb02),
    ]),
  ],
  { params: ['exit_code', 'info1', 'saves_next_rip', 'int_info'], visibility: 'processor' },
);

const generalProtection = fn(
  'processor: #GP',
  '',
  [
    test(
      'the current VMCB intercepts #GP',
      interceptedBy(fact('gpIntercept01'), 'EXC_GP'),
      [
        call('processor: #VMEXIT', { exit_code: 0x40 + gpVector, info1: 0, saves_next_rip: 0 }),
        giveBack('#VMEXIT', 1),
      ],
      [],
      { by: 'apm', source: 'APM vol. 2, exception intercepts' },
    ),
    trace('processor_exception', { vector: gpVector }),
    effect("the guest's handler runs and steps over the instruction", [write('rip', nextPointer)]),
    giveBack('no exit', 0),
  ],
  { visibility: 'processor' },
);

/** An injected event goes to its handler; with an empty IDT its delivery raises #GP, and that one's in turn. */
const deliver = fn(
  'processor: deliver',
  '',
  [
    test(
      'the IDT is empty',
      fact('emptyIdt'),
      [
        test(
          'the current VMCB intercepts #GP',
          interceptedBy(fact('gpIntercept01'), 'EXC_GP'),
          [
            call('processor: #VMEXIT', {
              exit_code: 0x40 + gpVector,
              info1: 0,
              saves_next_rip: 0,
              int_info: fact('eventInj'),
            }),
            effect('EVENTINJ is used up', [write('eventInj', 0)]),
          ],
          [effect('EVENTINJ is used up', [write('eventInj', 0)]), call('processor: shutdown')],
          { by: 'apm', source: 'APM vol. 2, exception intercepts' },
        ),
        giveBack('not delivered', 0),
      ],
      [],
      { by: 'apm', source: 'APM vol. 2, Event Injection' },
    ),
    effect(
      "the guest's handler runs and steps over the instruction",
      [write('rip', nextPointer), write('eventInj', 0)],
      {
        by: 'apm',
        source: 'APM vol. 2, Event Injection',
      },
    ),
  ],
  { visibility: 'processor' },
);

/** Shutdown: L0 always intercepts it. */
const shutdown = fn(
  'processor: shutdown',
  '',
  [
    call(
      'processor: #VMEXIT',
      { exit_code: exitCode.SHUTDOWN, info1: 0, saves_next_rip: 0 },
      { by: 'apm', source: 'APM vol. 2, SHUTDOWN intercept' },
    ),
    giveBack('#VMEXIT', 1),
  ],
  { visibility: 'processor' },
);

/** UD2 with nothing to deliver it to. L0 intercepts #UD always. */
const ud2 = fn(
  'processor: UD2',
  '',
  [
    effect('the instruction at RIP', [write('opcode', 0)]),
    call('processor: #VMEXIT', { exit_code: 0x40 + udVector, info1: 0, saves_next_rip: 0 }),
    giveBack('#VMEXIT', 1),
  ],
  { visibility: 'processor' },
);

/** RSM exits always; KVM emulates it. */
const rsm = fn(
  'processor: RSM',
  '',
  [
    effect('the instruction at RIP', [write('opcode', exitCode.RSM)]),
    call('processor: #VMEXIT', { exit_code: exitCode.RSM, info1: 0, saves_next_rip: 1 }),
    giveBack('#VMEXIT', 1),
  ],
  { visibility: 'processor' },
);

export const processor: readonly KvmFunction[] = [
  ...instructionNames.map(instruction),
  hardwareExit,
  generalProtection,
  deliver,
  shutdown,
  ud2,
  rsm,
];
