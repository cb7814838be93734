import { interceptNames, type InterceptName } from '#isa/intercepts.ts';
import {
  defaults,
  plainInstructions,
  type CodeOp,
  type HostOptions,
  type Op,
  type Program,
  type UserspaceOp,
} from '#program/types.ts';

/** Where an exploration starts, and which operations it tries in every state. */
export interface Part {
  /** What it covers, in a few words. */
  readonly about: string;
  /** Programs without code of their own: hosts, guests and intercepts. The plainest first. */
  readonly setups: readonly Program[];
  readonly operations: readonly Op[];
}

/** What is explored: every part to its end. */
export interface Bounds {
  readonly id: string;
  readonly parts: readonly Part[];
}

const clear = { clear: ['SVME'] } as const;
const set = { set: ['SVME'] } as const;

interface Vmcb12Choice {
  readonly intercepts?: readonly InterceptName[];
  readonly eferWrite?: boolean;
  /** vmcb12's EFER without SVME: VMRUN fails. */
  readonly illegal?: boolean;
}

/** A program that does nothing yet: L1 with EFER.SVME set. */
function setup(
  host: Partial<HostOptions>,
  { intercepts = [], eferWrite = false, illegal = false }: Vmcb12Choice,
): Program {
  return {
    title: 'found by exploration',
    host: { ...defaults.host, ...host },
    guest: { ...defaults.guest, efer: ['LME', 'LMA', 'NX', 'SVME'] },
    vmcb12: {
      ...defaults.vmcb12,
      intercepts: interceptNames.filter(
        (name) =>
          name === 'VMRUN' ||
          name === 'VMMCALL' ||
          intercepts.includes(name) ||
          (name === 'MSR_PROT' && eferWrite),
      ),
      msrpm: { EFER: { read: false, write: eferWrite } },
      nestedPaging: host.npt !== false,
      ...(illegal ? { efer: ['LME', 'LMA', 'NX'] } : {}),
    },
    code: { l1: [], l2: [], smm: [] },
    userspace: [],
  };
}

const wrmsr: readonly CodeOp[] = [
  { do: 'WRMSR', msr: 'EFER', ...clear },
  { do: 'WRMSR', msr: 'EFER', ...set },
];
const next: CodeOp = { do: 'VMCB12', rip: 'next' };

const instructions: readonly CodeOp[] = [
  ...wrmsr,
  { do: 'EXIT' },
  ...plainInstructions.map((name) => ({ do: name })),
  { do: 'RDMSR', msr: 'EFER' },
  { do: 'TRIPLE_FAULT' },
  { do: 'TRIPLE_FAULT', via: 'hardware' },
  next,
];

const eferWrites: readonly UserspaceOp[] = [
  { do: 'KVM_SET_SREGS', efer: clear },
  { do: 'KVM_SET_SREGS', efer: set },
  { do: 'KVM_SET_MSRS', efer: clear },
  { do: 'KVM_RUN', syncSregs: { efer: clear } },
];
const run: UserspaceOp = { do: 'KVM_RUN' };
const immediate: UserspaceOp = { do: 'KVM_RUN', immediateExit: true };
const leave: readonly UserspaceOp[] = [
  { do: 'KVM_SET_NESTED_STATE', flags: ['GIF_SET'] },
  { do: 'KVM_SET_NESTED_STATE', flags: [] },
];
const saveRestore: readonly UserspaceOp[] = [
  { do: 'KVM_GET_NESTED_STATE' },
  { do: 'KVM_SET_NESTED_STATE', restore: true },
];
const tripleFaults: readonly UserspaceOp[] = [
  { do: 'KVM_SET_VCPU_EVENTS', tripleFault: false },
  { do: 'KVM_SET_VCPU_EVENTS', tripleFault: true },
];
const smm: readonly UserspaceOp[] = [
  { do: 'KVM_SMI' },
  { do: 'KVM_SET_VCPU_EVENTS', smm: true },
  { do: 'KVM_SET_VCPU_EVENTS', smm: false },
];
const init: UserspaceOp = { do: 'KVM_SET_VCPU_EVENTS', latchedInit: true };
const close: UserspaceOp = { do: 'CLOSE' };
const inAndOut: readonly CodeOp[] = [...wrmsr, { do: 'VMRUN' }, { do: 'VMMCALL' }, { do: 'EXIT' }];

const bare: Partial<HostOptions> = { vgif: false, vls: false };
const shutdown: Vmcb12Choice = { intercepts: ['SHUTDOWN'] };

/** What `check` and `diff` explore: the same for every kernel. */
export const standard: Bounds = {
  id: 'standard',
  parts: [
    {
      about:
        'every instruction, and userspace that writes EFER, on eight hosts, with four sets of intercepts and an illegal vmcb12',
      setups: [
        setup({}, {}),
        setup({}, { eferWrite: true }),
        setup({}, shutdown),
        setup({}, { illegal: true }),
        setup({}, { intercepts: ['STGI', 'CLGI', 'VMLOAD', 'VMSAVE'] }),
        setup({ nrips: false }, {}),
        setup(bare, {}),
        setup({ ...bare, nrips: false, npt: false }, {}),
        setup({ eferWriteFilter: true }, {}),
        setup({ gpErratum: true }, {}),
        setup({ vmwareBackdoor: true }, {}),
        setup({ irqchip: true }, {}),
      ],
      operations: [...instructions, run, ...eferWrites, immediate, ...leave, close],
    },
    {
      about: 'triple faults and INIT that userspace asks for or takes back',
      setups: [setup({}, {}), setup({}, shutdown), setup({ irqchip: true }, { intercepts: ['INIT'] })],
      operations: [...inAndOut, run, ...eferWrites, immediate, ...leave, ...tripleFaults, init],
    },
    {
      about: 'nested state that is saved and restored',
      setups: [setup({}, {}), setup({ nrips: false }, {})],
      operations: [...inAndOut, next, run, ...eferWrites, ...leave, ...saveRestore],
    },
    {
      about: 'SMIs, and SMM switched by userspace',
      setups: [setup({}, {})],
      operations: [wrmsr[0]!, { do: 'VMRUN' }, { do: 'EXIT' }, { do: 'RSM' }, run, ...smm, eferWrites[0]!],
    },
  ],
};

/** Small enough to be written a second time by hand, in another language: what the bench compares. */
export const reduced: Bounds = {
  id: 'reduced',
  parts: [
    {
      about: "L1 and L2 write EFER, userspace writes sregs and nested state; L1's EFER intercepts",
      setups: [setup(bare, {}), setup(bare, { eferWrite: true }), setup(bare, { intercepts: ['MSR_PROT'] })],
      operations: [
        ...inAndOut,
        { do: 'STGI' },
        { do: 'CLGI' },
        next,
        run,
        eferWrites[0]!,
        eferWrites[1]!,
        ...leave,
        { do: 'KVM_SET_NESTED_STATE', flags: ['GUEST_MODE', 'GIF_SET'] },
      ],
    },
  ],
};
