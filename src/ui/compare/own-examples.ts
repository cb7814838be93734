/** Expressions to begin with, and what each says. */
export const ownExamples: readonly { readonly text: string; readonly says: string }[] = [
  { text: 'is_guest_mode(vcpu) -> svme == set', says: 'in guest mode EFER.SVME is set' },
  {
    text: 'tripleFault == idle || guestMode == l1',
    says: 'no triple fault is pending in guest mode',
  },
  {
    text: 'next_context == 1 -> stray == 0',
    says: "what runs as L1 next was not left behind by L2's own EFER write",
  },
];
