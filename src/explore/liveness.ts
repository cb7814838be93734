import { invariant } from '#base/assert.ts';
import { columnCount, columnOf } from './columns.ts';
import { NumberSet } from './number-set.ts';
import type { Transition } from './transitions.ts';

/** What the vCPU is at, coarsely: which of its columns can still matter depends on it. */
export const modeColumns: readonly number[] = (['run', 'guestMode', 'smm', 'completion', 'got'] as const).map(
  columnOf,
);

/** Bits of a mode that hold one of its columns' codes: see `ownCodes`. */
export const modeBits = 3;
const modeCount = 1 << (modeColumns.length * modeBits);

/** Which columns count in which mode. */
type Live = ReadonlyMap<number, Uint8Array<ArrayBuffer>>;

/** Bits that number a mode that was met. */
const pairBits = 6;

/** Every column has what it had. */
const kept = Int16Array.from({ length: columnCount }, (_, column) => column);

interface Flow {
  readonly from: number;
  readonly to: number;
  /** What it takes from the state before. */
  readonly reads: readonly number[];
  /** For each column the one whose value before it has afterwards; -1 for one that is written. */
  readonly sources: Int16Array;
}

/**
 * Which columns of a state count: those that some operation reads in its mode, and those that one reads later and
 * that nothing on the way writes. Learnt from the transitions that are met; begun with a guess.
 */
export class Liveness {
  private guess: Live;
  private readonly always: readonly number[];
  private flows: Flow[] = [];
  private met = new NumberSet();
  private last = new Int32Array(1024);
  private readonly numbers = new Uint8Array(modeCount);
  private modes = 0;
  private learnt = false;

  /** `always`: columns that somebody asks for after every operation. */
  constructor(always: readonly number[], guess?: Liveness) {
    this.always = [...modeColumns, ...always];
    this.guess = guess?.guess ?? new Map();
  }

  /** Begin anew: what was met in a coarser run may be nowhere in a finer one. */
  forget(): void {
    this.flows = [];
    this.met = new NumberSet();
    this.last.fill(0);
  }

  /** For each column 1 where it counts in the mode. */
  maskOf(mode: number): Uint8Array<ArrayBuffer> {
    return this.guess.get(mode) ?? this.blank();
  }

  /** Whether something with this number has been noted between the two modes; from now on it has. */
  private isNew(id: number, from: number, to: number): boolean {
    const pair = (this.number(from) << pairBits) | this.number(to);
    // Nearly every transition leads from one mode to one other.
    if (this.last[id] === pair) return false;
    if (id >= this.last.length) this.last = enlarged(this.last, id);
    this.last[id] = pair;
    return this.met.add((id << (2 * pairBits)) | pair);
  }

  /** Note what was read in a mode without doing anything. */
  look(id: number, reads: readonly number[], mode: number): void {
    if (this.isNew(id, mode, mode)) this.note({ from: mode, to: mode, reads, sources: kept });
  }

  /** Note a transition from one mode to another. */
  meet(made: Transition, from: number, to: number): void {
    if (!this.isNew(made.id, from, to)) return;
    const { reads, writes, moves } = made;
    const sources = kept.slice();
    for (let at = 0; at < writes.length; at += 2) sources[writes[at]!] = -1;
    for (let at = 0; at < moves.length; at += 2) sources[moves[at]!] = moves[at + 1]!;
    this.note({ from, to, reads, sources });
  }

  private note(flow: Flow): void {
    this.flows.push(flow);
    if (this.learnt) return;
    const before = this.maskOf(flow.from);
    this.learnt =
      flow.reads.some((column) => before[column] === 0) || follow(flow, before.slice(), this.maskOf(flow.to));
  }

  /** The modes that were met, numbered: few of those that there could be. */
  private number(mode: number): number {
    const known = this.numbers[mode]!;
    if (known > 0) return known;
    this.modes += 1;
    invariant(this.modes < 1 << pairBits, 'few modes are met');
    this.numbers[mode] = this.modes;
    return this.modes;
  }

  /** Draw the conclusions, if anything was met that the guess does not cover. Whether something counts that the guess did not have. */
  grows(): boolean {
    if (!this.learnt) return false;
    this.learnt = false;
    const found = this.conclude(this.guess);
    if (same(found, this.guess)) return false;
    this.guess = found;
    return true;
  }

  /** Drop from the guess what nothing that was met asks for. Whether there was any such thing. */
  shrinks(): boolean {
    const found = this.conclude(new Map());
    if (same(found, this.guess)) return false;
    this.guess = found;
    return true;
  }

  /** Columns that count anywhere. */
  columns(): readonly number[] {
    const counts = this.blank();
    for (const mode of this.guess.values()) for (const [column, is] of mode.entries()) counts[column]! |= is;
    return [...counts.keys()].filter((column) => counts[column] === 1);
  }

  private blank(): Uint8Array<ArrayBuffer> {
    const mask = new Uint8Array(columnCount);
    for (const column of this.always) mask[column] = 1;
    return mask;
  }

  private conclude(from: Live): Live {
    const live = new Map([...from].map(([mode, mask]) => [mode, mask.slice()]));
    const maskOf = (mode: number): Uint8Array<ArrayBuffer> => {
      const known = live.get(mode) ?? this.blank();
      live.set(mode, known);
      return known;
    };
    for (const { from: mode, reads } of this.flows) {
      const mask = maskOf(mode);
      for (const column of reads) mask[column] = 1;
    }
    for (let again = true; again;) {
      again = false;
      for (const flow of this.flows) if (follow(flow, maskOf(flow.from), maskOf(flow.to))) again = true;
    }
    return live;
  }
}

/** What counts after a flow counts before it, where it comes from. Whether that was news. */
function follow({ sources }: Flow, before: Uint8Array<ArrayBuffer>, after: Uint8Array<ArrayBuffer>): boolean {
  let grew = false;
  for (let column = 0; column < columnCount; column += 1) {
    const source = sources[column]!;
    if (after[column] === 0 || source < 0 || before[source] === 1) continue;
    before[source] = 1;
    grew = true;
  }
  return grew;
}

function same(left: Live, right: Live): boolean {
  if (left.size !== right.size) return false;
  return [...left].every(([mode, mask]) => {
    const other = right.get(mode);
    return other !== undefined && mask.every((is, column) => is === other[column]);
  });
}

function enlarged(list: Int32Array, index: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(index * 2);
  larger.set(list);
  return larger;
}
