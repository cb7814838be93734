import { eferMask } from '#isa/efer.ts';

/** A field of the state, from the way in which the VMM writes it down. */
type Reader = (value: string) => Readonly<Record<string, unknown>>;

const flag =
  (field: string): Reader =>
  (value) => ({ [field]: value === '1' });

const readers: Readonly<Record<string, Reader>> = {
  // KVM_GET_NESTED_STATE: flags GUEST_MODE and GIF_SET.
  guest_mode: flag('guestMode'),
  gif: flag('gif'),
  // KVM_GET_SREGS.
  efer: (value) => ({ svme: (Number(value) & eferMask('SVME')) !== 0 }),
  // KVM_GET_VCPU_EVENTS: smi.smm and triple_fault.pending.
  smm: flag('smm'),
  triple_fault: flag('tripleFaultRequested'),
  // No ioctl tells: with a debugger, svm->nested.initialized.
  init: flag('nestedAllocated'),
  // Whose code the guest was found in, and in whose context where that is another.
  next: (value) => {
    const [code, context = code] = value.split('/');
    return { next: value === 'none' ? 'none' : { code, context } };
  },
};

/** What a note `after: NAME=VALUE ...` says of the state; undefined for another note. */
export function stateNote(text: string): Readonly<Record<string, unknown>> | undefined {
  const told = /\bafter: +(.*)$/.exec(text)?.[1];
  if (told === undefined) return undefined;
  const after: Record<string, unknown> = {};
  for (const [, name = '', value = ''] of told.matchAll(/(\w+)=(\S+)/g)) {
    if (Object.hasOwn(readers, name)) Object.assign(after, readers[name]!(value));
  }
  return after;
}
