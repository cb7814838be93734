import type { Random } from '#base/random.ts';
import { pointerStream, streamLimit } from '#machine/code-pointer.ts';
import { stateIndex } from '#machine/facts.ts';
import type { VcpuPort } from '#machine/port.ts';
import {
  hostOptionNames,
  plainInstructions,
  type CodeOp,
  type HostOptions,
  type UserspaceOp,
} from './types.ts';

/** Operations at random, for walks over the model. */

const often = ['SVME', 'SVME', 'SVME', 'SCE', 'NX', 'LME', 'LMA', 'TCE'] as const;
const names = [
  'MSR_PROT',
  'SHUTDOWN',
  'INTR',
  'SMI',
  'INIT',
  'VINTR',
  'EXC_GP',
  'EXC_UD',
  'VMRUN',
  'VMMCALL',
  'STGI',
  'CLGI',
  'HLT',
] as const;

function eferChange(random: Random) {
  const bit = random.pick(often);
  return random.next(2) ? { set: [bit] } : { clear: [bit] };
}

export function randomCodeOp(random: Random, port: VcpuPort): CodeOp {
  const stream = pointerStream(port.read('rip'));
  const kinds: readonly (() => CodeOp)[] = [
    () => ({ do: 'WRMSR', msr: 'EFER', ...eferChange(random) }),
    () => ({ do: 'WRMSR', msr: 'EFER', ...eferChange(random) }),
    () => ({
      do: 'WRMSR',
      msr: 'EFER',
      value: random.pick(['0x1d01', '0xd01', '0x0', '0x1000', '0xffffffff1']),
    }),
    () => ({ do: 'WRMSR', msr: 'VM_HSAVE_PA', value: random.pick(['0x0', '0x21000', '0x21001']) }),
    () => ({ do: 'WRMSR', msr: 'VM_CR', value: random.pick(['0x0', '0x8', '0x10', '0x18', '0x20']) }),
    () => ({ do: 'RDMSR', msr: 'EFER' }),
    () => ({ do: 'VMRUN' }),
    () => ({ do: 'VMRUN' }),
    () => ({ do: 'VMMCALL' }),
    () => ({ do: 'EXIT' }),
    () => ({ do: random.pick(plainInstructions) }),
    () => ({ do: 'CPL', cpl: random.pick([0, 0, 3] as const) }),
    () => ({ do: 'TRIPLE_FAULT', via: random.pick(['exceptions', 'hardware'] as const) }),
    () =>
      stream === 'l1'
        ? { do: 'VMCB12', intercepts: { [random.pick(names)]: random.next(2) === 1 } }
        : { do: 'CPUID' },
    () =>
      stream === 'l1'
        ? { do: 'VMCB12', efer: ['LME', 'LMA', 'NX', 'SVME'], rip: 'next', asid: random.pick([0, 1, 1]) }
        : { do: 'STGI' },
    () => (stream === 'smm' ? { do: 'SMRAM', efer: eferChange(random) } : { do: 'CLGI' }),
  ];
  return random.pick(kinds)();
}

export function randomUserspaceOp(random: Random, port: VcpuPort): UserspaceOp {
  const kinds: readonly (() => UserspaceOp)[] = [
    () => ({ do: 'KVM_RUN' }),
    () => ({ do: 'KVM_RUN' }),
    () => ({ do: 'KVM_RUN', immediateExit: true }),
    () => ({ do: 'KVM_RUN', syncSregs: { efer: eferChange(random) } }),
    () => ({ do: 'KVM_SET_SREGS', efer: eferChange(random) }),
    () => ({ do: 'KVM_SET_SREGS', efer: {} }),
    () => ({ do: 'KVM_SET_MSRS', efer: eferChange(random) }),
    () => ({ do: 'KVM_GET_NESTED_STATE' }),
    () => ({
      do: 'KVM_SET_NESTED_STATE',
      flags: random.pick([
        [],
        ['GIF_SET'],
        ['GUEST_MODE', 'GIF_SET'],
        ['GUEST_MODE', 'RUN_PENDING'],
      ] as const),
    }),
    () => (port.read('got') ? { do: 'KVM_SET_NESTED_STATE', restore: true } : { do: 'KVM_GET_NESTED_STATE' }),
    () => ({ do: 'KVM_SMI' }),
    () => ({
      do: 'KVM_SET_VCPU_EVENTS',
      ...random.pick([
        { latchedInit: true },
        { latchedInit: false },
        { tripleFault: true },
        { tripleFault: false },
        { smm: true },
        { smm: false },
      ]),
    }),
  ];
  return random.pick(kinds)();
}

/** The instruction pointers would leave the streams: a walk ends there. */
function atStreamEnd(port: VcpuPort): boolean {
  return (['rip', 'rip12'] as const).some((name) => (port.read(name) & (streamLimit - 1)) > streamLimit - 8);
}

/** Whether nothing can be done any more. */
export function isOver(port: VcpuPort): boolean {
  const run = port.read('run');
  return (
    port.read('rip') === 0 ||
    run === stateIndex('run', 'halted') ||
    run === stateIndex('run', 'kvm') ||
    atStreamEnd(port)
  );
}

export function randomHost(random: Random): HostOptions {
  return Object.fromEntries(
    hostOptionNames.map((name) => [name, random.next(name === 'allocNestedFails' ? 8 : 2) === 1]),
  ) as Record<(typeof hostOptionNames)[number], boolean>;
}

export const randomIntercepts = (random: Random) =>
  ['VMRUN' as const, ...names.filter(() => random.next(3) === 0)].filter(
    (name, index, list) => list.indexOf(name) === index,
  );
