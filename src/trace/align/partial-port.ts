import type { VcpuEvent } from '#machine/effects.ts';
import { factBits, type FactName } from '#machine/facts.ts';
import { answersTo, packedFacts } from '#machine/packed.ts';
import type { VcpuPort } from '#machine/port.ts';
import type { RegisterName } from '#machine/registers.ts';
import { choicesOf, columnOf, wholes, type PartialState } from './partial-state.ts';

/** Chooses one of so many ways. */
export type Chooser = (ways: number) => number;

/** Tokens stand below every number that code computes with: errno values are small. */
const firstToken = -0x1000000;

const firstCells = Int16Array.from(packedFacts.keys());

/** What a port works in. Ports are many and short-lived, and what is left in it does no harm. */
interface Room {
  readonly values: Uint32Array;
  readonly known: Uint32Array;
  readonly origins: Int16Array;
  readonly cells: Int16Array;
}

const rooms: Room[] = [];

const newRoom = (): Room => ({
  values: new Uint32Array(firstCells.length * 2),
  known: new Uint32Array(firstCells.length * 2),
  origins: new Int16Array(firstCells.length * 2),
  cells: new Int16Array(firstCells.length),
});

/** Room for the values that an operation writes. */
function enlarged(values: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(values.length * 2);
  larger.set(values);
  return larger;
}

/**
 * The port over a vCPU that is known in part. What the code asks and nobody knows is chosen, and known from then on:
 * whoever runs an operation once for each choice has every way in which it can go. A value that is only moved is not
 * asked; two facts that hold the same unknown value learn of it together.
 */
export class PartialPort implements VcpuPort {
  private values: Uint32Array;
  private known: Uint32Array;
  /** The column of the fact that a cell held first: what it can be. */
  private origins: Int16Array;
  private cellCount: number;
  /** For each fact the cell that it has now. */
  private readonly cells: Int16Array;
  private readonly choose: Chooser;

  private readonly room: Room;

  constructor({ values, known }: PartialState, choose: Chooser) {
    this.room = rooms.pop() ?? newRoom();
    ({ values: this.values, known: this.known, origins: this.origins, cells: this.cells } = this.room);
    this.values.set(values);
    this.known.set(known);
    this.origins.set(firstCells);
    this.cells.set(firstCells);
    this.cellCount = values.length;
    this.choose = choose;
  }

  /** Nobody asks this port anything more: the next one may have its room. */
  leave(): void {
    rooms.push(this.room);
  }

  private ask(cell: number, mask: number): number {
    const column = this.origins[cell]!;
    const missing = (mask & wholes[column]! & ~this.known[cell]!) >>> 0;
    if (missing !== 0) {
      const fact = packedFacts[column]!;
      const ways = [...new Set(choicesOf(fact, missing).map((value) => (value & missing) >>> 0))];
      const way = ways[this.choose(ways.length)]!;
      this.values[cell] = ((this.values[cell]! & ~missing) | way) >>> 0;
      this.known[cell] = (this.known[cell]! | missing) >>> 0;
    }
    return this.values[cell]!;
  }

  private cellOf(fact: FactName): number {
    return this.cells[columnOf(fact)]!;
  }

  private isWhole(cell: number): boolean {
    return this.known[cell] === wholes[this.origins[cell]!];
  }

  read(fact: FactName): number {
    return this.ask(this.cellOf(fact), 0xffffffff);
  }

  readBits(fact: FactName, mask: number): number {
    return (this.ask(this.cellOf(fact), mask) & mask) >>> 0;
  }

  holds(register: RegisterName, value: number): boolean {
    const cell = this.cellOf(register);
    return this.isWhole(cell) && this.values[cell] === value;
  }

  readonly tokens = {
    of: (fact: FactName): number => {
      const cell = this.cellOf(fact);
      return this.isWhole(cell) ? this.values[cell]! : firstToken - cell;
    },
    value: (token: number): number => (token > firstToken ? token : this.ask(firstToken - token, 0xffffffff)),
    fits: (token: number, bits: number): boolean =>
      token <= firstToken && factBits(packedFacts[this.origins[firstToken - token]!]!) <= bits,
  };

  private write(fact: FactName, value: number): void {
    const column = columnOf(fact);
    if (value <= firstToken) {
      this.cells[column] = firstToken - value;
      return;
    }
    const cell = this.newCell();
    this.cells[column] = cell;
    this.values[cell] = value;
    this.known[cell] = wholes[column]!;
    this.origins[cell] = column;
  }

  private newCell(): number {
    if (this.cellCount === this.values.length) {
      this.values = enlarged(this.values);
      this.known = enlarged(this.known);
      const origins = new Int16Array(this.values.length);
      origins.set(this.origins);
      this.origins = origins;
    }
    this.cellCount += 1;
    return this.cellCount - 1;
  }

  apply(event: VcpuEvent): void {
    if (event.type === 'WRITE') return this.write(event.register, event.value);
    // Guards see the state before the event, in every region, as in the statechart.
    const chosen = answersTo.get(event.type)!.map(({ fact, moves }) => ({
      fact,
      move: moves[this.read(fact)]!.find(({ guard }) => !guard || this.read(guard.fact) === guard.value),
    }));
    for (const { fact, move } of chosen) {
      if (move?.target !== undefined) this.write(fact, move.target);
      if (move?.warn) this.write('warned', this.read('warned') | move.warn);
    }
  }

  /** The vCPU now. */
  state(): PartialState {
    const state = { values: new Uint32Array(this.cells.length), known: new Uint32Array(this.cells.length) };
    for (let column = 0; column < this.cells.length; column += 1) {
      const cell = this.cells[column]!;
      state.values[column] = this.values[cell]!;
      state.known[column] = this.known[cell]!;
    }
    return state;
  }
}

/** Runs something once for each way in which its choices can come out. A run that is given up gives nothing. */
export function* everyWay<Value>(run: (choose: Chooser) => Value | undefined): Generator<Value> {
  const taken: number[] = [];
  const ways: number[] = [];
  for (;;) {
    let asked = 0;
    const found = run((count) => {
      if (asked === taken.length) {
        taken.push(0);
        ways.push(count);
      }
      asked += 1;
      return taken[asked - 1]!;
    });
    if (found !== undefined) yield found;
    while (taken.length > 0 && taken.at(-1)! + 1 === ways.at(-1)!) {
      taken.pop();
      ways.pop();
    }
    if (taken.length === 0) return;
    taken[taken.length - 1]! += 1;
  }
}
