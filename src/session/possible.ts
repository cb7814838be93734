import { exceptionName } from '#isa/exceptions.ts';
import { stateOf, valueOf, type VcpuView } from '#machine/facts.ts';
import { contextOf, wasReset } from '#program/outcome.ts';
import { insert, inUserspace, step, type RunState } from '#program/runner.ts';
import { pointerStream } from '#machine/code-pointer.ts';
import { plainInstructions, type CodeOp, type Op, type UserspaceOp } from '#program/types.ts';

/** Operations of userspace; every other one is guest code. */
const userspaceOperations = [
  'KVM_RUN',
  'KVM_SET_SREGS',
  'KVM_SET_MSRS',
  'KVM_GET_NESTED_STATE',
  'KVM_SET_NESTED_STATE',
  'KVM_SMI',
  'KVM_SET_VCPU_EVENTS',
  'CLOSE',
] as const satisfies readonly UserspaceOp['do'][];

export function isUserspaceOp(op: Op): op is UserspaceOp {
  return (userspaceOperations as readonly string[]).includes(op.do);
}

function whyNotInUserspace(op: Op, vcpu: VcpuView): string | undefined {
  if (!isUserspaceOp(op)) return `userspace has the vCPU; KVM_RUN would let the guest go on to ${op.do}`;
  if (op.do === 'KVM_SET_NESTED_STATE' && op.restore && valueOf(vcpu, 'got') === 0) {
    return 'nothing to restore: KVM_GET_NESTED_STATE comes first';
  }
  return undefined;
}

function whyNotInGuest(op: Op, vcpu: VcpuView): string | undefined {
  if (isUserspaceOp(op))
    return `the guest runs, the vCPU thread is inside KVM_RUN; EXIT would give userspace the vCPU`;
  const stream = pointerStream(valueOf(vcpu, 'rip'));
  if (op.do === 'VMCB12' && stream !== 'l1')
    return "only L1's code edits vmcb12, and now that of another runs";
  if (op.do === 'SMRAM' && stream !== 'smm') return 'only the SMM handler edits the saved state';
  return undefined;
}

/** Why an operation cannot be carried out now; undefined where it can. An instruction that only faults is possible. */
export function whyNot(vcpu: VcpuView, op: Op): string | undefined {
  if (valueOf(vcpu, 'freed')) return 'the vCPU is freed';
  const idle = stateOf(vcpu, 'run') === 'kvm' || (wasReset(vcpu) && !inUserspace(vcpu));
  if (idle) return 'the vCPU was reset and runs firmware, none of the program';
  const run = stateOf(vcpu, 'run');
  if (run === 'halted') return 'the vCPU is halted and nothing wakes it';
  return inUserspace(vcpu) ? whyNotInUserspace(op, vcpu) : whyNotInGuest(op, vcpu);
}

/** An operation that the visitor may choose from a list, with what stands in its way. */
export interface Choice {
  readonly op: Op;
  readonly label: string;
  readonly whyNot: string | undefined;
  /** What will come of it although it is possible: a fault, mostly. */
  readonly caution: string | undefined;
}

const guestChoices: readonly CodeOp[] = [
  { do: 'WRMSR', msr: 'EFER', clear: ['SVME'] },
  { do: 'WRMSR', msr: 'EFER', set: ['SVME'] },
  { do: 'RDMSR', msr: 'EFER' },
  ...plainInstructions.map((name) => ({ do: name }) as const),
  { do: 'EXIT' },
  { do: 'CPL', cpl: 3 },
  { do: 'CPL', cpl: 0 },
  { do: 'TRIPLE_FAULT' },
  { do: 'TRIPLE_FAULT', via: 'hardware' },
];

const userspaceChoices: readonly UserspaceOp[] = [
  { do: 'KVM_RUN' },
  { do: 'KVM_RUN', immediateExit: true },
  { do: 'KVM_SET_SREGS', efer: { clear: ['SVME'] } },
  { do: 'KVM_SET_SREGS', efer: { set: ['SVME'] } },
  { do: 'KVM_SET_MSRS', efer: { clear: ['SVME'] } },
  { do: 'KVM_RUN', syncSregs: { efer: { clear: ['SVME'] } } },
  { do: 'KVM_GET_NESTED_STATE' },
  { do: 'KVM_SET_NESTED_STATE', flags: ['GIF_SET'] },
  { do: 'KVM_SET_NESTED_STATE', flags: [] },
  { do: 'KVM_SET_NESTED_STATE', restore: true },
  { do: 'KVM_SMI' },
  { do: 'KVM_SET_VCPU_EVENTS', latchedInit: true },
  { do: 'KVM_SET_VCPU_EVENTS', tripleFault: false },
  { do: 'KVM_SET_VCPU_EVENTS', tripleFault: true },
  { do: 'KVM_SET_VCPU_EVENTS', smm: true },
  { do: 'KVM_SET_VCPU_EVENTS', smm: false },
  { do: 'CLOSE' },
];

/** The instructions that fault where EFER.SVME is clear or CPL is not 0, and what to do about it. */
const svmInstructions: ReadonlySet<Op['do']> = new Set([
  'VMRUN',
  'VMLOAD',
  'VMSAVE',
  'STGI',
  'CLGI',
  'INVLPGA',
]);

function cautionOf(state: RunState, op: Op): string | undefined {
  if (!svmInstructions.has(op.do)) return undefined;
  if (stateOf(state.snapshot, 'svme') === 'clear') {
    // Whether it faults depends on the kernel and the host: some do not even exit. So try it.
    const outcome = step(insert(state, op))?.step.outcome;
    if (outcome?.kind !== 'exception') return undefined;
    return `${op.do} raises ${exceptionName(outcome.vector)} here: EFER.SVME is clear. A WRMSR that sets it makes ${op.do} work again.`;
  }
  if (op.do === 'VMRUN' && contextOf(state.snapshot) === 'L2') {
    return "L1 must intercept VMRUN, so this is a #VMEXIT to L1, not a VMRUN: L2 has no guests of its own here. L1's next VMRUN enters L2 again.";
  }
  return undefined;
}

/** A short name of an operation, as listings write it. */
export function labelOf(op: Op): string {
  switch (op.do) {
    case 'WRMSR': {
      const change = [
        ...(op.set ?? []).map((bit) => `${bit}=1`),
        ...(op.clear ?? []).map((bit) => `${bit}=0`),
      ].join(' ');
      return `WRMSR ${op.msr} ${op.value ?? change}`;
    }
    case 'RDMSR':
      return `RDMSR ${op.msr}`;
    case 'KVM_SET_SREGS':
    case 'KVM_SET_MSRS':
      return `${op.do} ${eferLabel(op.efer)}`;
    case 'KVM_RUN':
      return [
        'KVM_RUN',
        op.immediateExit ? 'immediate_exit' : '',
        op.syncSregs ? `sync regs ${eferLabel(op.syncSregs.efer)}` : '',
      ]
        .filter(Boolean)
        .join(' ');
    case 'KVM_SET_VCPU_EVENTS':
      return `KVM_SET_VCPU_EVENTS ${(['latchedInit', 'tripleFault', 'smm'] as const)
        .filter((key) => op[key] !== undefined)
        .map((key) => `${key}=${op[key] ? 1 : 0}`)
        .join(' ')}`;
    case 'KVM_SET_NESTED_STATE':
      return `KVM_SET_NESTED_STATE ${op.restore ? 'restore' : (op.flags ?? []).join('|') || 'no flags'}`;
    case 'CPL':
      return `CPL ${op.cpl}`;
    case 'VMCB12':
      return `VMCB12 ${Object.entries(op)
        .filter(([key]) => key !== 'do')
        .map(
          ([key, value]) =>
            `${key}=${typeof value === 'object' ? JSON.stringify(value).replaceAll('"', '') : String(value)}`,
        )
        .join(' ')}`;
    case 'SMRAM':
      return `SMRAM ${eferLabel(op.efer)}`;
    case 'TRIPLE_FAULT':
      return op.via === 'hardware' ? 'TRIPLE_FAULT in hardware' : 'TRIPLE_FAULT';
    default:
      return op.do;
  }
}

function eferLabel(change: { readonly set?: readonly string[]; readonly clear?: readonly string[] }): string {
  const parts = [
    ...(change.set ?? []).map((bit) => `${bit}=1`),
    ...(change.clear ?? []).map((bit) => `${bit}=0`),
  ];
  return parts.length === 0 ? 'EFER as it is' : `EFER ${parts.join(' ')}`;
}

const offered = new WeakMap<RunState, readonly Choice[]>();

/** All operations that free play offers, each with what stands in its way now. Tried once for each state. */
export function choicesAt(state: RunState): readonly Choice[] {
  const known = offered.get(state);
  if (known) return known;
  const choices = [...guestChoices, ...userspaceChoices].map((op) => {
    const reason = whyNot(state.snapshot, op);
    return {
      op,
      label: labelOf(op),
      whyNot: reason,
      caution: reason === undefined ? cautionOf(state, op) : undefined,
    };
  });
  offered.set(state, choices);
  return choices;
}
