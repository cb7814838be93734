import { present } from '#base/assert.ts';
import { factBits, regions, type RegionName, type RegionState } from '#machine/facts.ts';
import type { Lane, Told } from './questions.ts';

/**
 * What is known of a vCPU as one integer of 31 bits, so that an index can keep it for every event: for each region
 * nothing or a state, and beside it a few things that the rules must remember.
 */

/** Regions of which no event tells: the number of `KVM_REQ_RECALC_INTERCEPTS` differs from kernel to kernel. */
const silent: ReadonlySet<RegionName> = new Set<RegionName>(['recalcIntercepts']);

/** Some bits of the state. */
export interface Bits {
  readonly shift: number;
  readonly mask: number;
}

interface Field extends Bits {
  readonly name: RegionName;
  readonly states: readonly string[];
}

let used = 0;

function take(bits: number): Bits {
  const shift = used;
  used += bits;
  return { shift, mask: ((1 << bits) - 1) << shift };
}

/** One more value than states, for unknown: twice as many always hold it. */
const fields: readonly Field[] = regions
  .filter(({ name }) => !silent.has(name))
  .map(({ name, states }) => ({ name, states, ...take(factBits(name) + (isFull(states.length) ? 1 : 0)) }));

/** Whether all values of so many states' bits are taken. */
function isFull(states: number): boolean {
  return (states & (states - 1)) === 0;
}

/** What the rules remember beside the regions. */
export const memory = {
  /** The whole group of kvm events is recorded, so that what is absent did not happen. */
  whole: take(1),
  /** The host has no virtual GIF: GIF changes only where KVM sees it. */
  plainGif: take(1),
  /** L1 intercepts STGI and CLGI of L2: GIF stays as it is while L2 runs. */
  heldGif: take(1),
  /** A #VMEXIT was seen, and not yet whether L1 or L2 ran. */
  undecided: take(1),
  /** The last exit was by an instruction that needs EFER.SVME: which, as an index into `gatedOps`. */
  gated: take(2),
} as const;

export const stateBits = used;

/** A state of some regions; null: unknown from now on. */
export type Change = { readonly [Name in RegionName]?: RegionState<Name> | null };

/** A change, ready to be made by two operations. */
export interface Packed {
  readonly mask: number;
  readonly bits: number;
}

const fieldOf = (name: string): Field =>
  present(
    fields.find((field) => field.name === name),
    `a field for ${name}`,
  );

export function packed(change: Change): Packed {
  let [mask, bits] = [0, 0];
  for (const [name, state] of Object.entries(change)) {
    const field = fieldOf(name);
    mask |= field.mask;
    if (state !== null) bits |= (field.states.indexOf(state) + 1) << field.shift;
  }
  return { mask, bits };
}

export const made = (state: number, { mask, bits }: Packed): number => (state & ~mask) | bits;
export const holds = (state: number, { mask, bits }: Packed): boolean => (state & mask) === bits;

export const noted = (state: number, { mask }: Bits): boolean => (state & mask) !== 0;
export const note = (state: number, { shift, mask }: Bits, value: number): number =>
  (state & ~mask) | (value << shift);

/** Everything that the regions say. */
export const everything: Packed = {
  mask: fields.reduce((mask, field) => mask | field.mask, 0),
  bits: 0,
};

/** What is known at the beginning of a recording: nothing. */
export const nothingKnown = 0;

/** The states that are known. */
export function toldOf(state: number): Told {
  const told: Partial<Record<RegionName, string>> = {};
  for (const { name, states, shift, mask } of fields) {
    const value = (state & mask) >>> shift;
    if (value > 0) told[name] = present(states[value - 1], `a state of ${name}`);
  }
  return told;
}

const run = {
  guest: packed({ run: 'guest' }),
  userspace: packed({ run: 'userspace' }),
  shutdown: packed({ run: 'shutdown' }),
  unknown: packed({ run: null }),
};
const l1 = packed({ guestMode: 'l1' });
const l2 = packed({ guestMode: 'l2' });

/** Who has the processor. SMM's handler counts as L1: it runs in L1's place, outside guest mode. */
export function laneOf(state: number): Lane {
  if (holds(state, run.unknown)) return 'unknown';
  if (holds(state, run.userspace) || holds(state, run.shutdown)) return 'userspace';
  if (!holds(state, run.guest)) return 'kvm';
  if (holds(state, l1)) return 'l1';
  return holds(state, l2) ? 'l2' : 'unknown';
}
