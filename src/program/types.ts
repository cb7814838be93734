import type { EferBit } from '#isa/efer.ts';
import type { InterceptName } from '#isa/intercepts.ts';
import type { ExitReason } from '#kvm/words.ts';
import type { StreamName } from '#machine/code-pointer.ts';

/** A program as the contract has it, with every default filled in. */
export interface Program {
  readonly title: string;
  readonly host: HostOptions;
  readonly guest: GuestOptions;
  readonly vmcb12: Vmcb12Options;
  readonly code: Readonly<Record<StreamName, readonly CodeOp[]>>;
  readonly userspace: readonly UserspaceOp[];
}

export const hostOptionNames = [
  'npt',
  'vgif',
  'vls',
  'nrips',
  'vmwareBackdoor',
  'gpErratum',
  'allocNestedFails',
  'irqchip',
  'eferWriteFilter',
] as const;

export type HostOptionName = (typeof hostOptionNames)[number];
export type HostOptions = Readonly<Record<HostOptionName, boolean>>;

export interface GuestOptions {
  readonly cpuidSvm: boolean;
  readonly efer: readonly EferBit[];
  readonly gif: boolean;
  /** VM_HSAVE_PA holds an address. */
  readonly hsave: boolean;
}

export interface MsrpmBits {
  readonly read: boolean;
  readonly write: boolean;
}

export interface Vmcb12Options {
  readonly intercepts: readonly InterceptName[];
  readonly msrpm: { readonly EFER: MsrpmBits };
  /** Absent: L1's EFER at its first VMRUN. */
  readonly efer?: readonly EferBit[];
  readonly nestedPaging: boolean;
}

/** Bits of EFER to set and to clear; what is not named stays. */
export interface EferChange {
  readonly set?: readonly EferBit[];
  readonly clear?: readonly EferBit[];
}

export const msrNames = ['EFER', 'VM_HSAVE_PA', 'VM_CR'] as const;
export type MsrName = (typeof msrNames)[number];

/** Instructions without operands. */
export const plainInstructions = [
  'VMRUN',
  'VMLOAD',
  'VMSAVE',
  'VMMCALL',
  'STGI',
  'CLGI',
  'SKINIT',
  'INVLPGA',
  'CPUID',
  'HLT',
  'RSM',
] as const;
export type PlainInstruction = (typeof plainInstructions)[number];

export type CodeOp =
  | ({
      readonly do: 'WRMSR';
      readonly msr: MsrName;
      /** Hexadecimal, with 0x. */ readonly value?: string;
    } & EferChange)
  | { readonly do: 'RDMSR'; readonly msr: MsrName }
  | { readonly do: PlainInstruction }
  | { readonly do: 'TRIPLE_FAULT'; readonly via?: 'exceptions' | 'hardware' }
  | { readonly do: 'CPL'; readonly cpl: 0 | 3 }
  | Vmcb12Op
  | { readonly do: 'SMRAM'; readonly efer: EferChange }
  | { readonly do: 'EXIT' }
  | { readonly do: 'END' };

/** L1 edits vmcb12 in its memory. */
export interface Vmcb12Op {
  readonly do: 'VMCB12';
  readonly intercepts?: Readonly<Partial<Record<InterceptName, boolean>>>;
  readonly msrpm?: { readonly EFER: Partial<MsrpmBits> };
  readonly efer?: readonly EferBit[];
  readonly nestedPaging?: boolean;
  readonly asid?: number;
  /** `next`: past the instruction that L2 stopped at; or an index into `l2`. */
  readonly rip?: 'next' | number;
}

interface OnExit {
  /** Done on an exit with this reason only. */
  readonly on?: ExitReason;
}

export const nestedStateFlags = ['GUEST_MODE', 'RUN_PENDING', 'GIF_SET'] as const;
export type NestedStateFlag = (typeof nestedStateFlags)[number];

export type UserspaceOp = OnExit &
  (
    | {
        readonly do: 'KVM_RUN';
        readonly immediateExit?: boolean;
        readonly syncSregs?: { readonly efer: EferChange };
      }
    | { readonly do: 'KVM_SET_SREGS'; readonly efer: EferChange }
    | { readonly do: 'KVM_SET_MSRS'; readonly efer: EferChange }
    | { readonly do: 'KVM_GET_NESTED_STATE' }
    | {
        readonly do: 'KVM_SET_NESTED_STATE';
        readonly flags?: readonly NestedStateFlag[];
        readonly restore?: boolean;
      }
    | { readonly do: 'KVM_SMI' }
    | {
        readonly do: 'KVM_SET_VCPU_EVENTS';
        readonly latchedInit?: boolean;
        readonly tripleFault?: boolean;
        readonly smm?: boolean;
      }
    | { readonly do: 'CLOSE' }
  );

export type Op = CodeOp | UserspaceOp;
export type Actor = 'L1' | 'L2' | 'SMM' | 'userspace';
export type Context = 'L1' | 'L2' | 'SMM';

/** What is true of every program that does not say otherwise. */
export const defaults: Omit<Program, 'title' | 'code'> & { readonly smm: readonly CodeOp[] } = {
  host: {
    npt: true,
    vgif: true,
    vls: true,
    nrips: true,
    vmwareBackdoor: false,
    gpErratum: false,
    allocNestedFails: false,
    irqchip: false,
    eferWriteFilter: false,
  },
  guest: { cpuidSvm: true, efer: ['LME', 'LMA', 'NX'], gif: true, hsave: true },
  vmcb12: {
    intercepts: ['VMRUN', 'VMMCALL'],
    msrpm: { EFER: { read: false, write: false } },
    nestedPaging: true,
  },
  userspace: [],
  smm: [{ do: 'RSM' }],
};
