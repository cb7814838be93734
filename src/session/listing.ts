import { pointerIndex, pointerStream, type StreamName } from '#machine/code-pointer.ts';
import { stateOf } from '#machine/facts.ts';
import { codeOf, contextOf } from '#program/outcome.ts';
import { nextOf, type RunState } from '#program/runner.ts';
import type { Context, Op } from '#program/types.ts';
import { derivedAt, type View } from './derive.ts';
import { trunkTo, type Session } from './session.ts';

/** A column of the listing. */
export type ListName = StreamName | 'userspace';

/** A line of the listing. */
export interface ListingRow {
  readonly op: Op;
  /** How often this run has carried it out, on the kernel shown. */
  readonly done: number;
  /** Put in by the visitor, not by the program. */
  readonly inserted: boolean;
}

export type Listing = Readonly<Record<ListName, readonly ListingRow[]>>;

interface Tally {
  done: number;
  readonly inserted: boolean;
}

/** Where the next operation of a state stands: its column and its line. */
function placeOf(state: RunState): { readonly list: ListName; readonly index: number } | undefined {
  const next = nextOf(state);
  if (next.kind === 'stop') return undefined;
  return next.kind === 'guest'
    ? { list: next.stream, index: next.index }
    : { list: 'userspace', index: next.index };
}

/** Where a free operation goes in: also a stream that has ended has such a place. */
function insertedAt(before: RunState, after: RunState): { readonly list: ListName; readonly index: number } {
  if (after.userspace.length > before.userspace.length)
    return { list: 'userspace', index: before.userspaceAt };
  const { rip } = before.snapshot.context;
  return { list: pointerStream(rip), index: pointerIndex(rip) };
}

const fresh = (ops: readonly Op[]): Tally[] => ops.map(() => ({ done: 0, inserted: false }));

/** The program as the run up to the cursor has left it on one kernel: with what the visitor put in, and what was done. */
export function listingOf(session: Session, kernel: string): Listing {
  const { code, userspace } = session.program;
  const tallies: Record<ListName, Tally[]> = {
    l1: fresh(code.l1),
    l2: fresh(code.l2),
    smm: fresh(code.smm),
    userspace: fresh(userspace),
  };
  for (const { id, event } of trunkTo(session, session.cursor.node)) {
    const { made } = derivedAt(session, id, kernel);
    if (!made) continue;
    if (event.kind === 'do') {
      const { list, index } = insertedAt(withoutInserted(session, id, kernel), made.state);
      tallies[list].splice(index, 0, { done: 1, inserted: true });
    } else {
      const place = placeOf(made.before);
      const tally = place && tallies[place.list][place.index];
      if (tally) tally.done += 1;
    }
  }
  const { state } = derivedAt(session, session.cursor.node, kernel);
  const rows = (list: ListName, ops: readonly Op[]): readonly ListingRow[] =>
    ops.map((op, index) => ({ op, done: 0, inserted: false, ...tallies[list][index] }));
  return {
    l1: rows('l1', state.code.l1),
    l2: rows('l2', state.code.l2),
    smm: rows('smm', state.code.smm),
    userspace: rows('userspace', state.userspace),
  };
}

/** The state before a free operation: `made.before` holds it already. */
function withoutInserted(session: Session, id: number, kernel: string): RunState {
  const { parent } = session.nodes[id]!;
  return derivedAt(session, parent ?? 0, kernel).state;
}

/** An instruction pointer to show in the listing. */
export interface ListPointer {
  readonly list: ListName;
  readonly index: number;
  /** `current`: what runs now. Else a pointer that waits: saved in a VMCB, or the guest's while userspace has the vCPU. */
  readonly kind: 'current' | 'saved';
  /** In whose context the code runs, or would run. */
  readonly context: Context | 'userspace';
  /** Where the pointer is kept, in the kernel's words. */
  readonly about: string;
}

/** Where userspace stands: at its next call, or at the one that KVM is carrying out; undefined while the guest has the vCPU. */
function userspaceAt({ derived, snapshot }: View): number | undefined {
  const { made, state } = derived;
  const run = stateOf(snapshot, 'run');
  if (run === 'userspace' || run === 'shutdown') return state.userspaceAt;
  return run === 'kvm' && made?.step.actor === 'userspace' ? made.before.userspaceAt : undefined;
}

/** The pointers of one kernel at the cursor, the current one first. */
export function pointersOf(view: View): readonly ListPointer[] {
  const { snapshot } = view;
  const { context } = snapshot;
  const calling = userspaceAt(view);
  const waits = calling !== undefined || stateOf(snapshot, 'run') === 'halted';
  const guest: ListPointer = {
    list: pointerStream(context.rip),
    index: pointerIndex(context.rip),
    kind: waits ? 'saved' : 'current',
    context: contextOf(snapshot),
    about: waits
      ? 'RIP of the vCPU: where the guest goes on'
      : `RIP: ${codeOf(snapshot)}'s code in ${contextOf(snapshot)}'s context`,
  };
  const caller: ListPointer[] =
    calling === undefined
      ? []
      : [
          {
            list: 'userspace',
            index: calling,
            kind: 'current',
            context: 'userspace',
            about: 'userspace has the vCPU',
          },
        ];
  return [...caller, guest, ...savedPointers(view, guest.list)];
}

/** The pointer in the VMCB of whichever of L1 and L2 does not run. */
function savedPointers({ snapshot }: View, running: ListName): readonly ListPointer[] {
  const { rip01, rip12 } = snapshot.context;
  const inL2 = contextOf(snapshot) === 'L2';
  const pointer = inL2 ? rip01 : rip12;
  if (pointer === 0 || (!inL2 && running === 'l2')) return [];
  return [
    {
      list: pointerStream(pointer),
      index: pointerIndex(pointer),
      kind: 'saved',
      context: inL2 ? 'L1' : 'L2',
      about: inL2
        ? 'vmcb01 save.rip: L1 goes on here at the next #VMEXIT to it'
        : 'vmcb12 save.rip: VMRUN goes on here',
    },
  ];
}
