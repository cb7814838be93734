import * as v from 'valibot';

import { eferList, interceptList, streamSchemas, userspaceSchema } from './schema-ops.ts';
import { closed, flag, oneOf, text } from './schema-kit.ts';
import { defaults, hostOptionNames, type HostOptionName } from './types.ts';

/** The name that a program's document bears. */
export const programFormat = 'svmscope/program@1';

const flagOr = (value: boolean) => v.exactOptional(flag, value);

const host = closed(
  Object.fromEntries(hostOptionNames.map((name) => [name, flagOr(defaults.host[name])])) as Record<
    HostOptionName,
    ReturnType<typeof flagOr>
  >,
);

const guest = closed({
  cpuidSvm: flagOr(defaults.guest.cpuidSvm),
  efer: v.exactOptional(eferList, () => [...defaults.guest.efer]),
  gif: flagOr(defaults.guest.gif),
  hsave: flagOr(defaults.guest.hsave),
});

const msrpmBits = closed({
  read: flagOr(defaults.vmcb12.msrpm.EFER.read),
  write: flagOr(defaults.vmcb12.msrpm.EFER.write),
});

const vmcb12 = closed({
  intercepts: v.exactOptional(interceptList, () => [...defaults.vmcb12.intercepts]),
  msrpm: v.exactOptional(closed({ EFER: v.exactOptional(msrpmBits, {}) }), {}),
  efer: v.exactOptional(eferList),
  nestedPaging: flagOr(defaults.vmcb12.nestedPaging),
});

const code = closed({
  l1: streamSchemas.l1,
  l2: v.exactOptional(streamSchemas.l2, []),
  smm: v.exactOptional(streamSchemas.smm, [{ do: 'RSM' }]),
});

/** A program as it is written down. What one key demands of another is checked by rules.ts. */
export const programSchema = closed({
  format: oneOf('format', [programFormat]),
  title: v.pipe(text, v.description('a string')),
  host: v.exactOptional(host, {}),
  guest: v.exactOptional(guest, {}),
  vmcb12: v.exactOptional(vmcb12, {}),
  code: v.pipe(code, v.description('an object with l1, and l2 and smm where needed')),
  userspace: v.exactOptional(userspaceSchema, []),
});
