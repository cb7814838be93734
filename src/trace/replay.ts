import {
  clgi,
  eferMsr,
  gatedOps,
  gifClear,
  gifSet,
  gifUnknown,
  inGuest,
  inKvm,
  inUserspace,
  isL1,
  isL2,
  isShutDown,
  l1Runs,
  l2Runs,
  leftOrKept,
  nestedNone,
  nestedUnknown,
  ofWholeGroup,
  pagesUnknown,
  requestBits,
  requestsUnknown,
  runUnknown,
  servedAtEntry,
  smmInside,
  smmOutside,
  stgi,
  svmeBit,
  svmeClear,
  svmeSet,
  svmeUnknown,
  svmeWasSet,
  withinKvmRun,
} from './replay-facts.ts';
import { everything, holds, made, memory, note, noted, type Packed } from './replay-state.ts';
import type { Glance } from './replayer.ts';

/**
 * What events tell of the vCPU, one after the other. A state is said only where all kernels from 6.1 to 7.x agree that
 * the events allow no other; where they do different things it is unknown until another event tells. Where it is known
 * from stands at each rule; the order of events is that of `svm_vcpu_run()`, `svm_handle_exit()`, `vcpu_enter_guest()`.
 */
export function stepReplay(state: number, event: Glance): number {
  // What cannot be read may have said anything.
  const before = event.afterLoss || event.unread ? forgotten(state) : state;
  return event.unread ? before : after(before, event);
}

function after(state: number, event: Glance): number {
  switch (event.name) {
    case 'kvm_entry':
      return entered(state, event.rip);
    case 'kvm_exit':
      return exited(state, event);
    case 'kvm_nested_vmexit':
      return nestedExited(state, event.reason);
    case 'kvm_nested_vmenter':
      return vmentered(within(state));
    case 'kvm_nested_intercepts':
      return note(within(state), memory.heldGif, Number(event.interceptsGif));
    case 'kvm_nested_vmexit_inject':
      return injected(within(state));
    case 'kvm_nested_vmenter_failed':
      return failed(state);
    case 'kvm_msr':
      return accessedMsr(within(state), event);
    case 'kvm_inj_exception':
      return note(within(state), memory.gated, 0);
    case 'kvm_smm_transition':
      return changedSmm(state, event.entering);
    case 'kvm_userspace_exit':
      return returned(state, event.reason);
    default:
      return other(state, event.name);
  }
}

/** Nothing is known any more of the vCPU. What holds for the whole recording stays. */
function forgotten(state: number): number {
  return forgetUnfinished(made(state, everything));
}

function forgetUnfinished(state: number): number {
  return note(note(note(state, memory.undecided, 0), memory.gated, 0), memory.heldGif, 0);
}

/** In KVM_RUN, after an exit handler began or before the first entry. An exit cannot have been missed. */
function within(state: number): number {
  const now = holds(state, inGuest) ? forgotten(state) : decided(state);
  return made(made(now, inKvm), requestsUnknown);
}

/**
 * `svm_handle_exit()` raises kvm_nested_vmexit first of all if L2 ran: where the handler was at work without it, L1
 * ran, provided that the event is recorded at all.
 */
function decided(state: number): number {
  if (!noted(state, memory.undecided)) return state;
  const now = note(state, memory.undecided, 0);
  return noted(state, memory.whole) ? made(now, l1Runs) : now;
}

/** kvm_exit: the first event after the guest, before any handler. Requests are printed as they stand there. */
function exited(state: number, { reason, requests }: Glance): number {
  const before = holds(state, inGuest) || holds(state, runUnknown) ? state : forgotten(state);
  const op = gatedOps[reason] ?? 0;
  let now = made(maybeShutDown(before, reason), inKvm);
  if (requests !== undefined) {
    for (const [bit, pending, idle] of requestBits) now = made(now, (requests & bit) === 0n ? idle : pending);
  }
  if (op === clgi || op === stgi) now = made(now, gifUnknown);
  return note(note(now, memory.undecided, 1), memory.gated, op);
}

/** kvm_nested_vmexit: L2 ran. Whether L1 is told is not decided yet. */
function nestedExited(state: number, reason: string): number {
  const before = holds(state, inGuest) ? forgotten(state) : state;
  return maybeShutDown(made(made(note(before, memory.undecided, 0), inKvm), l2Runs), reason);
}

/** kvm_entry: the guest runs until the next kvm_exit. */
function entered(state: number, rip: bigint | undefined): number {
  const before = holds(state, inGuest) ? forgotten(state) : decided(state);
  // Where events are picked, guest mode, EFER and SMM may have changed by one that is not among them.
  const known = noted(state, memory.whole) ? afterReset(passedGate(before), rip) : forgotten(before);
  // With virtual GIF the guest's own STGI and CLGI do not exit, unless L1 intercepts both of L2.
  const isHeld = noted(known, memory.plainGif) || (holds(known, isL2) && noted(known, memory.heldGif));
  return made(note(isHeld ? known : made(known, gifUnknown), memory.gated, 0), servedAtEntry);
}

/** An instruction that needs SVME came back without an exception: SVME is set. KVM saw CLGI: no virtual GIF. */
function passedGate(state: number): number {
  const op = (state & memory.gated.mask) >>> memory.gated.shift;
  if (op === 0) return state;
  const now = made(state, svmeSet);
  if (op === stgi) return made(now, gifSet);
  return op === clgi ? note(made(now, gifClear), memory.plainGif, 1) : now;
}

/** `kvm_vcpu_reset()`: guest mode is left, EFER 0, GIF 1. */
const resets: readonly Packed[] = [l1Runs, svmeClear, nestedNone, gifSet, smmOutside];

/** There may have been a reset: of what was known only that stays which a reset makes so too. */
function maybeReset(state: number): number {
  return resets.reduce(
    (now, reset) => (holds(now, reset) ? now : made(now, { mask: reset.mask, bits: 0 })),
    state,
  );
}

/** INIT leaves no event. A vCPU then begins at the reset vector, or at the start of a page as after a SIPI. */
function afterReset(state: number, rip: bigint | undefined): number {
  return rip === undefined || rip === 0n || rip === 0xfff0n ? maybeReset(state) : state;
}

/** `shutdown_interception()` resets the vCPU, unless L1 takes the exit. */
function maybeShutDown(state: number, reason: string): number {
  return reason === 'shutdown' ? maybeReset(state) : state;
}

/** kvm_nested_vmenter, for VMRUN and for RSM: all checks have passed, SVME of both L1 and L2 among them; GIF is 1. */
function vmentered(state: number): number {
  const now = made(made(made(state, l2Runs), svmeSet), gifSet);
  // RSM asks for the pages, VMRUN does not. What L1 intercepts stands in the next event.
  return forgetUnfinished(made(now, pagesUnknown));
}

/** kvm_nested_vmexit_inject: L1 has what it had at its VMRUN, SVME included; GIF is 0. */
function injected(state: number): number {
  return forgetUnfinished(made(made(made(made(state, l1Runs), svmeSet), gifClear), smmOutside));
}

/** kvm_nested_vmenter_failed. KVM_SET_NESTED_STATE makes the same checks, and then it tells nothing of the vCPU. */
function failed(state: number): number {
  if (!holds(state, inKvm)) return state;
  const now = made(made(within(state), l1Runs), smmOutside);
  // GIF becomes 0 on some kernels only (f85a6ce06e4a).
  return holds(now, gifClear) ? now : made(now, gifUnknown);
}

/** kvm_msr, of EFER: `vcpu->arch.efer` as it is read, or has been written unless that was refused. */
function accessedMsr(state: number, { msr, value, write, gp }: Glance): number {
  if (msr !== eferMsr || gp || value === undefined) return state;
  if ((value & svmeBit) !== 0n) return made(state, svmeSet);
  return write ? clearedSvme(state) : made(state, svmeClear);
}

function clearedSvme(state: number): number {
  if (holds(state, svmeClear)) return state;
  const now = made(state, svmeClear);
  // The next exit tells who ran on.
  if (!holds(now, isL1)) return made(now, leftOrKept);
  // In L1 GIF becomes 1 on some kernels (before 8312f1b9dd71), on others it stays as it is.
  const gif = holds(now, gifSet) ? now : made(now, gifUnknown);
  const isFreed = holds(state, svmeWasSet) && holds(state, smmOutside);
  return made(gif, isFreed ? nestedNone : nestedUnknown);
}

/** kvm_smm_transition: an SMI or RSM; or an ioctl, and then all else stays unknown. */
function changedSmm(state: number, isEntering: boolean): number {
  const own = isEntering ? smmInside : smmOutside;
  if (!holds(state, inKvm)) return made(state, own);
  const now = forgetUnfinished(made(made(within(state), l1Runs), own));
  if (!isEntering) return made(made(made(now, svmeUnknown), nestedUnknown), gifUnknown);
  // EFER becomes 0 if the guest has long mode, and with it GIF 1 on some kernels; nothing is freed in SMM.
  const svme = holds(now, svmeClear) ? now : made(now, svmeUnknown);
  return holds(now, gifSet) ? svme : made(svme, gifUnknown);
}

/**
 * kvm_userspace_exit. Ioctls leave no event, and there is one for every region: KVM_SET_SREGS and KVM_SET_MSRS for
 * EFER and with it guest mode and the nested state, KVM_SET_NESTED_STATE for guest mode, GIF and the pages,
 * KVM_SET_VCPU_EVENTS and KVM_SMI for SMM, the triple fault and the SMI.
 */
function returned(state: number, reason: string): number {
  return made(forgotten(state), reason === 'KVM_EXIT_SHUTDOWN' ? isShutDown : inUserspace);
}

function other(state: number, name: string): number {
  const now = ofWholeGroup.has(name) ? note(state, memory.whole, 1) : state;
  return withinKvmRun.has(name) ? within(now) : now;
}
