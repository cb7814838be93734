import type { StreamName } from '#machine/code-pointer.ts';
import { pointerRegisters } from '#machine/registers.ts';
import { columnCount, columnOf, type Codes } from './columns.ts';
import { isPointer, settle } from './pointers.ts';
import { modeBits, modeColumns, type Liveness } from './liveness.ts';
import type { Transition } from './transitions.ts';

const pointerColumns: readonly number[] = pointerRegisters.map(columnOf);

const streamNumbers: Readonly<Record<StreamName, number>> = { l1: 1, l2: 2, smm: 3 };

/** Which columns a state consists of, and how rows of those are read and written. */
export class Layout {
  /** Columns that count in some mode. */
  readonly live: readonly number[];
  /** A row under work, as bytes and as the words that a table takes. */
  readonly bytes: Uint8Array;
  readonly words: Uint32Array;
  private readonly positions: Int16Array;
  private readonly modePositions: readonly number[];
  /** Positions of the instruction pointers. */
  private readonly pointers: readonly number[];
  private readonly settled: (Uint8Array | undefined)[] = [];
  private readonly codes: Codes;
  private readonly masks = new Map<number, Uint32Array>();
  private readonly liveness: Liveness;

  constructor(liveness: Liveness, codes: Codes) {
    const live = liveness.columns();
    this.liveness = liveness;
    this.live = live;
    this.codes = codes;
    this.words = new Uint32Array(Math.max(1, (live.length + 3) >> 2));
    this.bytes = new Uint8Array(this.words.buffer);
    this.positions = new Int16Array(columnCount).fill(-1);
    for (const [position, column] of live.entries()) this.positions[column] = position;
    this.modePositions = modeColumns.map((column) => this.positions[column]!);
    this.pointers = pointerColumns
      .map((column) => this.positions[column]!)
      .filter((position) => position >= 0);
  }

  /** Take the columns of a cursor that count. */
  pack(cursor: Uint8Array): void {
    const { live, bytes } = this;
    for (let at = 0; at < live.length; at += 1) bytes[at] = cursor[live[at]!]!;
  }

  /** Put the row into a cursor. What does not count is left as it is there. */
  unpack(cursor: Uint8Array): void {
    const { live, bytes } = this;
    for (let at = 0; at < live.length; at += 1) cursor[live[at]!] = bytes[at]!;
  }

  private maskOf(mode: number): Uint32Array {
    const known = this.masks.get(mode);
    if (known) return known;
    const counts = this.liveness.maskOf(mode);
    const bytes = new Uint8Array(this.bytes.length);
    for (const [at, column] of this.live.entries()) bytes[at] = counts[column] === 1 ? 0xff : 0;
    const mask = new Uint32Array(bytes.buffer);
    this.masks.set(mode, mask);
    return mask;
  }

  /** What a column of the row has; 0 where it does not count anywhere. */
  byteOf(column: number): number {
    const position = this.positions[column]!;
    return position < 0 ? 0 : this.bytes[position]!;
  }

  /** The mode of the row. */
  mode(): number {
    let mode = 0;
    for (let at = 0; at < this.modePositions.length; at += 1)
      mode = (mode << modeBits) | this.bytes[this.modePositions[at]!]!;
    return mode;
  }

  /** Blank what does not count in the row's mode. Returns the mode. */
  reduce(): number {
    const mode = this.mode();
    const mask = this.maskOf(mode);
    for (let at = 0; at < mask.length; at += 1) this.words[at]! &= mask[at]!;
    return mode;
  }

  /** The row after a transition of the state at the cursor. */
  apply({ writes, moves, stream }: Transition, cursor: Uint8Array): void {
    const { bytes, positions, pointers } = this;
    for (let at = 0; at < writes.length; at += 2) {
      const position = positions[writes[at]!]!;
      if (position >= 0) bytes[position] = writes[at + 1]!;
    }
    for (let at = 0; at < moves.length; at += 2) {
      const position = positions[moves[at]!]!;
      if (position >= 0) bytes[position] = cursor[moves[at + 1]!]!;
    }
    const table = this.settledIn(stream === undefined ? 0 : streamNumbers[stream]);
    for (let at = 0; at < pointers.length; at += 1) bytes[pointers[at]!] = table[bytes[pointers[at]!]!]!;
  }

  /** What each value becomes as a pointer, once an instruction of the stream was executed. */
  private settledIn(executed: number): Uint8Array {
    const known = this.settled[executed];
    if (known && known.length >= this.codes.count) return known;
    const stream = (Object.keys(streamNumbers) as StreamName[]).find(
      (name) => streamNumbers[name] === executed,
    );
    const table: number[] = [];
    // A settled value may be a new one, so the count can grow on the way.
    for (let code = 0; code < this.codes.count; code += 1) {
      const value = this.codes.value(code);
      table.push(isPointer(value) ? this.codes.code(settle(value, stream)) : code);
    }
    return (this.settled[executed] = Uint8Array.from(table));
  }
}
