import { instructions, type InstructionName } from '#isa/instructions.ts';
import type { StreamName } from '#machine/code-pointer.ts';
import {
  bareWord,
  flag,
  oneOfWords,
  required,
  type FieldPath,
  type Fields,
  type Operand,
} from './notation-operand.ts';
import {
  asid,
  eferBitsAt,
  eferWhole,
  hexValue,
  interceptEdits,
  msrpmRead,
  msrpmWrite,
  noInterceptEdit,
  noMsrpmEdit,
  rip,
  stateFlags,
} from './notation-parts.ts';
import { quote } from './problem.ts';
import type { Op } from './types.ts';

/** A part of a program that is written as lines, an operation to a line. */
export type ListingName = StreamName | 'userspace';

/** How one operation is written. */
export interface OperationForm {
  /** Where it may stand. */
  readonly lists: readonly ListingName[];
  /** What it does, in a few words. */
  readonly about: string;
  /** The operand that must come first. */
  readonly first?: Operand;
  readonly operands: readonly Operand[];
  /** What it holds also where nothing is written. */
  readonly blank?: Fields;
  /** What the operation lacks, or what in it does not go together. */
  readonly lacks?: (fields: Fields) => string | undefined;
}

const guest = ['l1', 'l2', 'smm'] as const;
const userspace = ['userspace'] as const;

const instruction = (name: InstructionName): OperationForm => ({
  lists: guest,
  about: instructions[name].title,
  operands: [],
});

const plain = (lists: readonly ListingName[], about: string): OperationForm => ({
  lists,
  about,
  operands: [],
});

const msr = required({
  kind: 'MSR',
  path: ['msr'],
  options: [
    { value: 'EFER', about: 'Extended Feature Enable Register' },
    { value: 'VM_HSAVE_PA', about: 'where VMRUN saves the host' },
    { value: 'VM_CR', about: 'SVM control: SVM lock and disable' },
  ],
});

const isEfer = ({ msr: name }: Fields): boolean => name === 'EFER';

const wrmsrBits = eferBitsAt([], (fields) => {
  if (!isEfer(fields)) return `bits only with EFER, ${String(fields['msr'])} takes a value such as 0x1000`;
  return fields['value'] === undefined
    ? undefined
    : `beside ${quote(fields['value'])}, needs bits such as SVME=0, or a value`;
});

function wrmsrLacks(fields: Fields): string | undefined {
  if ((fields['set'] ?? fields['clear'] ?? fields['value']) !== undefined) return undefined;
  return isEfer(fields)
    ? 'WRMSR EFER without a value, needs bits such as SVME=0, or a value such as 0xf00'
    : `WRMSR ${String(fields['msr'])} without a value, hexadecimal such as 0x1000`;
}

const eferOfSregs = eferBitsAt(['efer']);

const eferWrite = (about: string): OperationForm => ({
  lists: userspace,
  about,
  operands: [eferOfSregs],
  blank: { efer: {} },
});

const sync: Operand = {
  read: (word, fields) => {
    if (word !== 'sync') return undefined;
    return { ok: true, value: { ...fields, syncSregs: fields['syncSregs'] ?? { efer: {} } } };
  },
  write: ({ syncSregs }) => (syncSregs === undefined ? [] : ['sync']),
  offers: (_word, { syncSregs }) =>
    syncSregs === undefined ? [{ text: 'sync', about: 'with dirty sync regs; bits of EFER follow' }] : [],
};

const syncBits = eferBitsAt(['syncSregs', 'efer'], ({ syncSregs }) =>
  syncSregs === undefined ? 'bits only after sync, as in KVM_RUN sync SVME=0' : undefined,
);

function stateLacks({ flags, restore }: Fields): string | undefined {
  if (flags === undefined && restore !== true)
    return 'KVM_SET_NESTED_STATE without a state, needs flags such as GIF_SET, flags=none, or restore';
  return flags !== undefined && restore === true ? 'flags and restore, allowed is one of them' : undefined;
}

const eventNames = ['latchedInit', 'tripleFault', 'smm'] as const;
const eventTitles = {
  latchedInit: 'an INIT waits',
  tripleFault: 'a triple fault is pending',
  smm: 'the vCPU is in SMM',
} as const;

const event = (name: (typeof eventNames)[number]): Operand => flag(name, [name], eventTitles[name]);

function eventsLack(fields: Fields): string | undefined {
  return eventNames.some((name) => fields[name] !== undefined)
    ? undefined
    : `KVM_SET_VCPU_EVENTS without an event, needs one of ${eventNames.map((name) => `${name}=1`).join(' ')}`;
}

const nestedPaging: FieldPath = ['nestedPaging'];

/** Every operation, in the order in which a list offers them. */
export const operationForms: Readonly<Record<Op['do'], OperationForm>> = {
  WRMSR: {
    lists: guest,
    about: instructions.WRMSR.title,
    first: msr,
    operands: [wrmsrBits, hexValue],
    lacks: wrmsrLacks,
  },
  RDMSR: { lists: guest, about: instructions.RDMSR.title, first: msr, operands: [] },
  VMRUN: instruction('VMRUN'),
  VMMCALL: instruction('VMMCALL'),
  VMLOAD: instruction('VMLOAD'),
  VMSAVE: instruction('VMSAVE'),
  STGI: instruction('STGI'),
  CLGI: instruction('CLGI'),
  SKINIT: instruction('SKINIT'),
  INVLPGA: instruction('INVLPGA'),
  CPUID: instruction('CPUID'),
  HLT: instruction('HLT'),
  RSM: plain(guest, 'Leave SMM'),
  TRIPLE_FAULT: {
    lists: guest,
    about: 'UD2 with an empty IDT',
    operands: [
      oneOfWords({
        kind: 'way',
        path: ['via'],
        options: [
          { value: 'exceptions', about: 'KVM intercepts them and builds the triple fault' },
          { value: 'hardware', about: 'the processor shuts down by itself' },
        ],
      }),
    ],
  },
  CPL: {
    lists: guest,
    about: 'Change the privilege level',
    first: required({
      kind: 'privilege level',
      path: ['cpl'],
      options: [
        { value: 0, about: 'kernel mode' },
        { value: 3, about: 'user mode' },
      ],
    }),
    operands: [],
  },
  VMCB12: {
    lists: ['l1'],
    about: 'L1 edits vmcb12 in its memory',
    operands: [
      interceptEdits,
      noInterceptEdit,
      msrpmRead,
      msrpmWrite,
      noMsrpmEdit,
      eferWhole,
      flag('np', nestedPaging, 'nested paging'),
      asid,
      rip,
    ],
  },
  SMRAM: {
    lists: ['smm'],
    about: 'The handler edits the EFER that RSM will load',
    operands: [eferOfSregs],
    blank: { efer: {} },
  },
  EXIT: instruction('EXIT'),
  END: plain(guest, 'The run stops here'),
  KVM_RUN: {
    lists: userspace,
    about: 'Let the vCPU run',
    operands: [
      bareWord('immediate', ['immediateExit'], 'returns before the guest is entered'),
      sync,
      syncBits,
    ],
  },
  KVM_SET_SREGS: eferWrite('Write the special registers'),
  KVM_SET_MSRS: eferWrite('Write an MSR, host-initiated'),
  KVM_GET_NESTED_STATE: plain(userspace, 'Read the nested state, to save it'),
  KVM_SET_NESTED_STATE: {
    lists: userspace,
    about: 'Load a nested state, or leave guest mode',
    operands: [stateFlags, bareWord('restore', ['restore'], 'what KVM_GET_NESTED_STATE returned last')],
    lacks: stateLacks,
  },
  KVM_SMI: plain(userspace, 'Queue an SMI'),
  KVM_SET_VCPU_EVENTS: {
    lists: userspace,
    about: 'Write pending events',
    operands: eventNames.map(event),
    lacks: eventsLack,
  },
  CLOSE: plain(userspace, 'The vCPU is freed'),
};

export function isOperationName(name: string): name is Op['do'] {
  return Object.hasOwn(operationForms, name);
}

/** The operations that a part of the program may hold. */
export function operationsOf(list: ListingName): readonly Op['do'][] {
  return (Object.keys(operationForms) as Op['do'][]).filter((name) =>
    operationForms[name].lists.includes(list),
  );
}

/** What an operation that may not stand in a list says. */
export function placeOf(name: Op['do']): string {
  const { lists } = operationForms[name];
  const titles = { l1: 'L1', l2: 'L2', smm: 'SMM', userspace: 'userspace' } as const;
  return `only in ${lists.map((list) => titles[list]).join(', ')}`;
}
