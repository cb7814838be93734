import { packed } from './replay-state.ts';

/** What events can tell, ready to be noted, and the words of events that the rules ask for. */

export const eferMsr = 0xc000_0080;
export const svmeBit = 0x1000n;

/**
 * Instructions that are #UD unless EFER.SVME is set (`nested_svm_check_permissions()`), by reason of the exit. INVLPGA
 * is none: before d99df02ff427 it was not checked.
 */
export const gatedOps: Readonly<Record<string, number>> = {
  vmrun: 1,
  vmload: 1,
  vmsave: 1,
  clgi: 2,
  stgi: 3,
};
export const clgi = 2;
export const stgi = 3;

/** Of the words of `kvm_nested_intercepts` the one that has STGI and CLGI, and their bits. */
const gifWord = 4;
export const gifBits = (1 << 4) | (1 << 5);
export const interceptsGif = (words: readonly number[]): boolean =>
  ((words[gifWord] ?? 0) & gifBits) === gifBits;

/** Events of the group that nobody picks one by one: whoever records them records all kvm events. */
export const ofWholeGroup: ReadonlySet<string> = new Set([
  'kvm_fpu',
  'kvm_vcpu_wakeup',
  'kvm_halt_poll_ns',
  'kvm_wait_lapic_expire',
  'kvm_track_tsc',
  'kvm_update_master_clock',
  'kvm_write_tsc_offset',
  'kvm_unmap_hva_range',
  'kvm_apicv_inhibit_changed',
]);

/** Events that say no more than that KVM_RUN is at work: its exit handler or its way to the next entry raises them. */
export const withinKvmRun: ReadonlySet<string> = new Set([
  'kvm_cpuid',
  'kvm_cr',
  'kvm_emulate_insn',
  'kvm_fpu',
  'kvm_hypercall',
  'kvm_inj_virq',
  'kvm_invlpga',
  'kvm_mmio',
  'kvm_page_fault',
  'kvm_pio',
  'kvm_skinit',
]);

export const inGuest = packed({ run: 'guest' });
export const inKvm = packed({ run: 'kvm' });
export const inUserspace = packed({ run: 'userspace' });
export const isShutDown = packed({ run: 'shutdown' });
export const runUnknown = packed({ run: null });

/** vmcb02 is current in guest mode and only there; SMM and guest mode exclude each other; L2 needs the nested state. */
export const l1Runs = packed({ guestMode: 'l1', vmcb: 'vmcb01', getNestedStatePages: 'idle' });
export const l2Runs = packed({ guestMode: 'l2', vmcb: 'vmcb02', nested: 'allocated', smm: 'outside' });
export const isL1 = packed({ guestMode: 'l1' });
export const isL2 = packed({ guestMode: 'l2' });

/** Setting SVME allocates the nested state, and only clearing it frees it. */
export const svmeSet = packed({ svme: 'set', nested: 'allocated' });
export const svmeWasSet = packed({ svme: 'set' });
export const svmeClear = packed({ svme: 'clear' });
export const svmeUnknown = packed({ svme: null });
export const nestedNone = packed({ nested: 'none' });
export const nestedUnknown = packed({ nested: null });
export const gifSet = packed({ gif: 'set' });
export const gifClear = packed({ gif: 'clear' });
export const gifUnknown = packed({ gif: null });
export const smmInside = packed({ smm: 'inside' });
export const smmOutside = packed({ smm: 'outside' });

/** What kernels do differently when L2 clears SVME: leave guest mode at once, keep it, leave it with a triple fault. */
export const leftOrKept = packed({ guestMode: null, vmcb: null, nested: null, gif: null });

/** Handlers may raise a triple fault, and others ask for an event or an SMI, without an event. */
export const requestsUnknown = packed({ tripleFault: null, event: null, smi: null });
export const pagesUnknown = packed({ getNestedStatePages: null });
/** Both are raised only by the vCPU's own thread, and served or ended in userspace before the guest is entered. */
export const servedAtEntry = packed({
  run: 'guest',
  tripleFault: 'idle',
  getNestedStatePages: 'idle',
  event: null,
  smi: null,
});

/** Bits of `requests`, on kernels that print them, by their KVM_REQ numbers of 6.12. */
const requests = [
  [10, packed({ tripleFault: 'pending' }), packed({ tripleFault: 'idle' })],
  [32, packed({ getNestedStatePages: 'pending' }), packed({ getNestedStatePages: 'idle' })],
  [14, packed({ event: 'pending' }), packed({ event: 'idle' })],
  [20, packed({ smi: 'pending' }), packed({ smi: 'idle' })],
] as const;
export const requestNumbers: readonly number[] = requests.map(([number]) => number);
export const requestBits = requests.map(
  ([number, pending, idle]) => [1n << BigInt(number), pending, idle] as const,
);
