import fc from 'fast-check';

import { eferBitNames } from '#isa/efer.ts';
import { interceptNames } from '#isa/intercepts.ts';
import { exitReasons, type ExitReason } from '#kvm/words.ts';
import type { StreamName } from '#machine/code-pointer.ts';
import {
  hostOptionNames,
  msrNames,
  nestedStateFlags,
  plainInstructions,
  type CodeOp,
  type EferChange,
  type Program,
  type UserspaceOp,
} from './types.ts';

/** Programs and operations of every form that the format allows. */

const anyEfer = fc.shuffledSubarray([...eferBitNames]);

/** Each bit stays, is set or is cleared; a list that is left out differs from an empty one. */
const anyChange: fc.Arbitrary<EferChange> = fc
  .record({
    bits: anyEfer,
    split: fc.nat(eferBitNames.length),
    keys: fc.constantFrom('set', 'clear', 'both', 'none'),
  })
  .map(({ bits, split, keys }) => {
    if (keys === 'none') return {};
    if (keys !== 'both') return { [keys]: bits };
    return { set: bits.slice(0, split), clear: bits.slice(split) };
  });

const anyHex = fc.stringMatching(/^0x[0-9a-fA-F]{1,16}$/);
const just = <Name extends string>(...names: Name[]) => fc.record({ do: fc.constantFrom(...names) });

function asWrmsr(change: EferChange): CodeOp {
  return { do: 'WRMSR', msr: 'EFER', ...change };
}

const anyWrmsr: fc.Arbitrary<CodeOp> = fc.oneof(
  anyChange.filter((change) => Object.keys(change).length > 0).map(asWrmsr),
  fc.record({ do: fc.constant('WRMSR'), msr: fc.constantFrom(...msrNames), value: anyHex }),
);

const anyCommonOp: fc.Arbitrary<CodeOp> = fc.oneof(
  { arbitrary: just(...plainInstructions), weight: 5 },
  just('EXIT', 'END'),
  anyWrmsr,
  fc.record({ do: fc.constant('RDMSR'), msr: fc.constantFrom(...msrNames) }),
  fc.record(
    { do: fc.constant('TRIPLE_FAULT'), via: fc.constantFrom('exceptions', 'hardware') },
    { requiredKeys: ['do'] },
  ),
  fc.record({ do: fc.constant('CPL'), cpl: fc.constantFrom(0, 3) }),
);

const anyFlag = fc.boolean();
const anyMsrpmBits = fc.record({ read: anyFlag, write: anyFlag }, { requiredKeys: [] });

const anyVmcb12Op = (l2Length: number): fc.Arbitrary<CodeOp> =>
  fc.record(
    {
      do: fc.constant('VMCB12'),
      intercepts: fc.dictionary(fc.constantFrom(...interceptNames), anyFlag, { noNullPrototype: true }),
      msrpm: fc.record({ EFER: anyMsrpmBits }),
      efer: anyEfer,
      nestedPaging: anyFlag,
      asid: fc.oneof(fc.nat(2), fc.integer({ min: 0, max: 0xffff_ffff })),
      rip: fc.oneof(fc.constant('next'), fc.nat(l2Length)),
    },
    { requiredKeys: ['do'] },
  );

const anySmramOp: fc.Arbitrary<CodeOp> = anyChange.map((efer) => ({ do: 'SMRAM', efer }));

const ownOps = (l2Length: number): Readonly<Record<StreamName, readonly fc.Arbitrary<CodeOp>[]>> => ({
  l1: [anyVmcb12Op(l2Length)],
  l2: [],
  smm: [anySmramOp],
});

/** An operation that may stand in the stream, beside an `l2` of the given length. */
export function anyCodeOp(stream: StreamName, l2Length = 0): fc.Arbitrary<CodeOp> {
  const own = ownOps(l2Length)[stream];
  return fc.oneof({ arbitrary: anyCommonOp, weight: 4 }, ...own);
}

function asSetVcpuEvents(events: object): UserspaceOp {
  return { do: 'KVM_SET_VCPU_EVENTS', ...events };
}

const anyEvents: fc.Arbitrary<UserspaceOp> = fc
  .record({ latchedInit: anyFlag, tripleFault: anyFlag, smm: anyFlag }, { requiredKeys: [] })
  .filter((events) => Object.keys(events).length > 0)
  .map(asSetVcpuEvents);

const anyIoctl: fc.Arbitrary<UserspaceOp> = fc.oneof(
  fc.record(
    { do: fc.constant('KVM_RUN'), immediateExit: anyFlag, syncSregs: fc.record({ efer: anyChange }) },
    { requiredKeys: ['do'] },
  ),
  fc.record({ do: fc.constantFrom('KVM_SET_SREGS', 'KVM_SET_MSRS'), efer: anyChange }),
  just('KVM_GET_NESTED_STATE', 'KVM_SMI', 'CLOSE'),
  fc.record({ do: fc.constant('KVM_SET_NESTED_STATE'), flags: fc.shuffledSubarray([...nestedStateFlags]) }),
  fc.record({ do: fc.constant('KVM_SET_NESTED_STATE'), restore: fc.constant(true) }),
  anyEvents,
);

const anyReason = fc.constantFrom(...(Object.keys(exitReasons) as ExitReason[]));

function onExit([op, on]: readonly [UserspaceOp, ExitReason | undefined]): UserspaceOp {
  return on === undefined ? op : { ...op, on };
}

/** An entry of `userspace`; one with `restore` needs a KVM_GET_NESTED_STATE before it. */
export const anyUserspaceOp: fc.Arbitrary<UserspaceOp> = fc
  .tuple(anyIoctl, fc.option(anyReason, { nil: undefined, freq: 3 }))
  .map(onExit);

/** What can be restored has been got: the first restore that comes too early becomes the getting. */
function gotFirst(userspace: readonly UserspaceOp[]): readonly UserspaceOp[] {
  const first = userspace.findIndex((op) => op.do === 'KVM_GET_NESTED_STATE' || 'restore' in op);
  return userspace.map((op, index) => (index === first ? { do: 'KVM_GET_NESTED_STATE' } : op));
}

const anyHost = fc.record(
  Object.fromEntries(hostOptionNames.map((name) => [name, anyFlag])) as Record<
    (typeof hostOptionNames)[number],
    fc.Arbitrary<boolean>
  >,
);

const anyCode = fc.array(anyCodeOp('l2'), { maxLength: 8 }).chain((l2) =>
  fc.record({
    l1: fc.array(anyCodeOp('l1', l2.length), { maxLength: 8 }),
    l2: fc.constant(l2),
    smm: fc.oneof(fc.constant([{ do: 'RSM' } as const]), fc.array(anyCodeOp('smm'), { maxLength: 4 })),
  }),
);

export const anyProgram: fc.Arbitrary<Program> = fc.record({
  title: fc.string({ unit: 'binary', maxLength: 30 }),
  host: anyHost,
  guest: fc.record({ cpuidSvm: anyFlag, efer: anyEfer, gif: anyFlag, hsave: anyFlag }),
  vmcb12: fc.record(
    {
      intercepts: fc.shuffledSubarray([...interceptNames], { maxLength: 40 }),
      msrpm: fc.record({ EFER: fc.record({ read: anyFlag, write: anyFlag }) }),
      efer: anyEfer,
      nestedPaging: anyFlag,
    },
    { requiredKeys: ['intercepts', 'msrpm', 'nestedPaging'] },
  ),
  code: anyCode,
  userspace: fc.array(anyUserspaceOp, { maxLength: 8 }).map(gotFirst),
});
