import type { EffectType, VcpuEvent } from '#machine/effects.ts';
import { factBits, type FactName } from '#machine/facts.ts';
import { answersTo, type Answer } from '#machine/packed.ts';
import type { VcpuPort } from '#machine/port.ts';
import type { RegisterName } from '#machine/registers.ts';
import { columnCount, columnOf, factOf } from './columns.ts';

/** A region's answer, and the state that it ends in whatever it was in; undefined where that depends. */
interface KnownAnswer extends Answer {
  readonly settles: number | undefined;
}

function settled({ moves }: Answer): number | undefined {
  const ends = moves.map(([first], state) => {
    if (first === undefined) return state;
    return first.guard || first.warn ? undefined : (first.target ?? state);
  });
  return ends.every((end) => end === ends[0]) ? ends[0] : undefined;
}

const answers: ReadonlyMap<EffectType, readonly KnownAnswer[]> = new Map(
  [...answersTo].map(([type, list]) => [type, list.map((one) => ({ ...one, settles: settled(one) }))]),
);

/** Tokens stand below every number that code computes with: errno values are small. */
const firstToken = -0x1000000;
const tokenOf = (source: number): number => firstToken - source;
const isToken = (value: number): boolean => value <= firstToken;
const sourceOf = (token: number): number => firstToken - token;

/**
 * The port over a row of values that notes what an operation depends on: every column that is read before it is
 * written, in order. A value that is only moved is not read. Another state that is equal in these columns fares alike, node for node.
 */
export class TracedPort implements VcpuPort {
  /** What each column has now. */
  readonly values: Uint32Array;
  private readonly begun: Uint32Array;
  /** Columns that the operation has written, in the order of the first write. */
  readonly written: number[] = [];
  private readonly isNoted = new Uint8Array(columnCount);
  /** For each column the one whose value before the operation it has; -1 once it has another. */
  private readonly sources = Int16Array.from({ length: columnCount }, (_, column) => column);
  private readonly isWritten = new Uint8Array(columnCount);
  private readonly onRead: (column: number) => void;

  /** `onRead` hears of each column once, when its first value is asked for. */
  constructor(values: Uint32Array, onRead: (column: number) => void) {
    this.values = values;
    this.begun = values.slice();
    this.onRead = onRead;
  }

  /** The operation depends on what the column was before it. */
  note(column: number): void {
    if (this.isNoted[column] === 1) return;
    this.isNoted[column] = 1;
    this.onRead(column);
  }

  /** The value that the column has now. */
  readColumn(column: number): number {
    const source = this.sources[column]!;
    if (source >= 0) this.note(source);
    return this.values[column]!;
  }

  read(fact: FactName): number {
    return this.readColumn(columnOf(fact));
  }

  /**
   * Whether it is known to have the value. To ask makes nothing depend on it: a write that changes nothing is none.
   */
  holds(register: RegisterName, value: number): boolean {
    const column = columnOf(register);
    const source = this.sources[column]!;
    return (source < 0 || this.isNoted[source] === 1) && this.values[column] === value;
  }

  readonly tokens = {
    of: (fact: FactName): number => {
      const column = columnOf(fact);
      const source = this.sources[column]!;
      return source < 0 || this.isNoted[source] === 1 ? this.values[column]! : tokenOf(source);
    },
    value: (token: number): number => {
      if (!isToken(token)) return token;
      const source = sourceOf(token);
      this.note(source);
      return this.begun[source]!;
    },
    fits: (token: number, bits: number): boolean => {
      if (!isToken(token)) return false;
      const name = factOf(sourceOf(token));
      return name !== undefined && factBits(name) <= bits;
    },
  };

  writeColumn(column: number, value: number): void {
    this.sources[column] = isToken(value) ? sourceOf(value) : -1;
    this.values[column] = isToken(value) ? this.begun[sourceOf(value)]! : value;
    if (this.isWritten[column] === 1) return;
    this.isWritten[column] = 1;
    this.written.push(column);
  }

  /** The column whose first value a column was given unseen; -1 where the value is known. */
  sourceOf(column: number): number {
    const source = this.sources[column]!;
    return source >= 0 && this.isNoted[source] === 1 ? -1 : source;
  }

  apply(event: VcpuEvent): void {
    if (event.type === 'WRITE') return this.writeColumn(columnOf(event.register), event.value);
    // Guards see the state before the event, in every region, as in the statechart.
    const chosen = answers.get(event.type)!.map(({ fact, moves, settles }) => {
      if (settles !== undefined) return { column: columnOf(fact), target: settles, warn: 0 };
      const move = moves[this.read(fact)]!.find(
        ({ guard }) => !guard || this.read(guard.fact) === guard.value,
      );
      return { column: columnOf(fact), target: move?.target, warn: move?.warn ?? 0 };
    });
    for (const { column, target, warn } of chosen) {
      if (target !== undefined) this.writeColumn(column, target);
      if (warn) this.writeColumn(columnOf('warned'), this.read('warned') | warn);
    }
  }
}
