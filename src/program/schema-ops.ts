import * as v from 'valibot';

import { eferBitNames } from '#isa/efer.ts';
import { interceptNames } from '#isa/intercepts.ts';
import { exitReasons, type ExitReason } from '#kvm/words.ts';
import { quote } from './problem.ts';
import { closed, flag, list, named, oneOf, operation, shortList, text, upTo } from './schema-kit.ts';
import { msrNames, nestedStateFlags, plainInstructions } from './types.ts';

/** The operations of the program format. What one key demands of another is checked by rules.ts. */

/** Instructions that a stream can hold. */
const streamLength = 1000;
/** Entries that `userspace` can hold. */
const userspaceLength = 10_000;

export const eferList = list(oneOf('EFER bit', eferBitNames));
export const interceptList = list(oneOf('intercept', interceptNames));

const eferChange = v.pipe(
  closed({ set: v.exactOptional(eferList), clear: v.exactOptional(eferList) }),
  v.description('an object with set and/or clear'),
);

const hex = v.pipe(
  text,
  v.regex(/^0x[0-9a-fA-F]{1,16}$/, ({ input }) => `not 0x and 1 to 16 hexadecimal digits: ${quote(input)}`),
);

const msr = oneOf('MSR', msrNames);

const everywhere = [
  closed({
    do: named('WRMSR'),
    msr,
    set: v.exactOptional(eferList),
    clear: v.exactOptional(eferList),
    value: v.exactOptional(hex),
  }),
  closed({ do: named('RDMSR'), msr }),
  closed({ do: named(...plainInstructions) }),
  closed({
    do: named('TRIPLE_FAULT'),
    via: v.exactOptional(oneOf('way', ['exceptions', 'hardware'])),
  }),
  closed({ do: named('CPL'), cpl: oneOf('privilege level', [0, 3]) }),
  closed({ do: named('EXIT', 'END') }),
] as const;

const mostAsid = 0xffff_ffff;

const rip = v.union(
  [v.literal('next'), upTo(streamLength, '"next" or an index into l2')],
  ({ input }) => `not "next" or an index into l2: ${quote(input)}`,
);

const vmcb12Edit = closed({
  do: named('VMCB12'),
  intercepts: v.exactOptional(closed(v.entriesFromList(interceptNames, v.exactOptional(flag)), 'intercept')),
  msrpm: v.exactOptional(
    closed({
      EFER: v.pipe(
        closed({ read: v.exactOptional(flag), write: v.exactOptional(flag) }),
        v.description('an object with read and/or write'),
      ),
    }),
  ),
  efer: v.exactOptional(eferList),
  nestedPaging: v.exactOptional(flag),
  asid: v.exactOptional(upTo(mostAsid, `a whole number from 0 to ${mostAsid}`)),
  rip: v.exactOptional(rip),
});

const smramEdit = closed({ do: named('SMRAM'), efer: eferChange });

const stream = <const Item extends v.GenericSchema>(item: Item) =>
  shortList(item, 'operations', streamLength);

/** What may stand in each stream. */
export const streamSchemas = {
  l1: stream(operation([...everywhere, vmcb12Edit])),
  l2: stream(operation(everywhere)),
  smm: stream(operation([...everywhere, smramEdit])),
};

const on = v.exactOptional(oneOf('exit reason', Object.keys(exitReasons) as readonly ExitReason[]));

const ioctl = operation([
  closed({
    do: named('KVM_RUN'),
    on,
    immediateExit: v.exactOptional(flag),
    syncSregs: v.exactOptional(closed({ efer: eferChange })),
  }),
  closed({ do: named('KVM_SET_SREGS', 'KVM_SET_MSRS'), on, efer: eferChange }),
  closed({ do: named('KVM_GET_NESTED_STATE', 'KVM_SMI', 'CLOSE'), on }),
  closed({
    do: named('KVM_SET_NESTED_STATE'),
    on,
    flags: v.exactOptional(list(oneOf('flag', nestedStateFlags))),
    restore: v.exactOptional(flag),
  }),
  closed({
    do: named('KVM_SET_VCPU_EVENTS'),
    on,
    latchedInit: v.exactOptional(flag),
    tripleFault: v.exactOptional(flag),
    smm: v.exactOptional(flag),
  }),
]);

export const userspaceSchema = shortList(ioctl, 'entries', userspaceLength);
