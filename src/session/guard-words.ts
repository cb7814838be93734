import type { registerGuards, stateGuards } from '#machine/guards.ts';

/** A guard of the chart as the kernel would write it. */
const guardWords: Readonly<Record<keyof typeof stateGuards | keyof typeof registerGuards, string>> = {
  vmcb01IsCurrent: 'svm->vmcb == svm->vmcb01.ptr',
  nestedIsAllocated: 'svm->nested.initialized',
  inGuestMode: 'is_guest_mode(vcpu)',
  noRunPending: '!svm->nested.nested_run_pending',
};

export function guardText(guard: string): string {
  return (guardWords as Readonly<Record<string, string>>)[guard] ?? guard;
}
