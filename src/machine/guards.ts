import type { RegisterName } from './registers.ts';

/** Guards on the state of a region: what the kernel asserts with a WARN. Both the chart and its packed twin read this. */
export const stateGuards = {
  vmcb01IsCurrent: { vmcb: 'vmcb01' },
  nestedIsAllocated: { nested: 'allocated' },
  inGuestMode: { guestMode: 'l2' },
} as const;

/** Guards on the value of a register. */
export const registerGuards = {
  noRunPending: { register: 'runPending', value: 0 },
} as const satisfies Record<string, { readonly register: RegisterName; readonly value: number }>;
