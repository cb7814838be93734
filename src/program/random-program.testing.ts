import fc from 'fast-check';

import { hostOptionNames, type CodeOp, type HostOptions, type Program, type UserspaceOp } from './types.ts';

/** Short programs around EFER.SVME, for properties of whole runs. They shrink to what matters. */

const svme = ['SVME'] as const;
const longMode = ['LME', 'LMA', 'NX'] as const;

const everywhere: readonly CodeOp[] = [
  { do: 'WRMSR', msr: 'EFER', clear: svme },
  { do: 'WRMSR', msr: 'EFER', set: svme },
  { do: 'WRMSR', msr: 'EFER', set: ['TCE'] },
  { do: 'WRMSR', msr: 'VM_HSAVE_PA', value: '0x0' },
  { do: 'EXIT' },
  { do: 'EXIT' },
  { do: 'VMRUN' },
  { do: 'VMMCALL' },
  { do: 'VMLOAD' },
  { do: 'STGI' },
  { do: 'CLGI' },
  { do: 'RSM' },
  { do: 'HLT' },
  { do: 'CPL', cpl: 3 },
  { do: 'TRIPLE_FAULT' },
  { do: 'TRIPLE_FAULT', via: 'hardware' },
];

const onlyL1: readonly CodeOp[] = [
  { do: 'VMRUN' },
  { do: 'VMRUN' },
  { do: 'VMCB12', rip: 'next' },
  { do: 'VMCB12', rip: 'next', efer: [...longMode, 'SVME'] },
  { do: 'VMCB12', efer: longMode },
  { do: 'VMCB12', asid: 0 },
  { do: 'VMCB12', intercepts: { VMRUN: false } },
  { do: 'VMCB12', intercepts: { MSR_PROT: true }, msrpm: { EFER: { write: true } } },
  { do: 'VMCB12', intercepts: { MSR_PROT: false } },
];

const onlySmm: readonly CodeOp[] = [
  { do: 'SMRAM', efer: { clear: svme } },
  { do: 'SMRAM', efer: { set: svme } },
];

const ioctls: readonly UserspaceOp[] = [
  { do: 'KVM_RUN' },
  { do: 'KVM_RUN' },
  { do: 'KVM_RUN' },
  { do: 'KVM_RUN', immediateExit: true },
  { do: 'KVM_RUN', syncSregs: { efer: { clear: svme } } },
  { do: 'KVM_SET_SREGS', efer: { clear: svme } },
  { do: 'KVM_SET_SREGS', efer: { set: svme } },
  { do: 'KVM_SET_MSRS', efer: { clear: svme } },
  { do: 'KVM_SET_MSRS', efer: { set: svme } },
  { do: 'KVM_GET_NESTED_STATE' },
  { do: 'KVM_SET_NESTED_STATE', flags: [] },
  { do: 'KVM_SET_NESTED_STATE', flags: ['GIF_SET'] },
  { do: 'KVM_SET_NESTED_STATE', flags: ['GUEST_MODE', 'GIF_SET'] },
  { do: 'KVM_SET_NESTED_STATE', flags: ['GUEST_MODE', 'RUN_PENDING'] },
  { do: 'KVM_SMI' },
  { do: 'KVM_SET_VCPU_EVENTS', latchedInit: true },
  { do: 'KVM_SET_VCPU_EVENTS', tripleFault: true },
  { do: 'KVM_SET_VCPU_EVENTS', tripleFault: false },
  { do: 'KVM_SET_VCPU_EVENTS', smm: true },
  { do: 'KVM_SET_VCPU_EVENTS', smm: false },
  { do: 'CLOSE' },
];

const anyHost: fc.Arbitrary<HostOptions> = fc.record(
  Object.fromEntries(hostOptionNames.map((name) => [name, fc.boolean()])) as Record<
    keyof HostOptions,
    fc.Arbitrary<boolean>
  >,
);

const list = <Item>(items: readonly Item[], size: number): fc.Arbitrary<readonly Item[]> =>
  fc.array(fc.constantFrom(...items), { maxLength: size });

/** Programs in which L1 starts L2 at once. */
export const anyStory: fc.Arbitrary<Program> = fc.record({
  title: fc.constant('a story'),
  host: anyHost,
  guest: fc.constant({ cpuidSvm: true, efer: [...longMode, 'SVME'], gif: true, hsave: true } as const),
  vmcb12: fc.record({
    intercepts: fc
      .subarray(['MSR_PROT', 'SHUTDOWN', 'SMI', 'INIT', 'INTR', 'EXC_GP', 'EXC_UD', 'HLT'] as const)
      .map((names) => ['VMRUN' as const, 'VMMCALL' as const, ...names]),
    msrpm: fc.record({ EFER: fc.record({ read: fc.boolean(), write: fc.boolean() }) }),
    nestedPaging: fc.constant(false),
  }),
  code: fc.record({
    l1: list([...everywhere, ...onlyL1], 8).map((ops) => [{ do: 'VMRUN' } as const, ...ops]),
    l2: list(everywhere, 8),
    smm: list([...everywhere, ...onlySmm], 3).map((ops) => [...ops, { do: 'RSM' } as const]),
  }),
  userspace: list(ioctls, 12),
});
