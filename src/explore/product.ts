import { pointerStream, type StreamName } from '#machine/code-pointer.ts';
import { columnCount, columnOf } from './columns.ts';
import { Common, Looker } from './conditions.ts';
import { Layout } from './layout.ts';
import { Liveness } from './liveness.ts';
import { PairTable } from './pair-table.ts';
import { chunk, type Progress, type Way } from './reach.ts';
import { StateTable } from './state-table.ts';
import type { KnownPart } from './space.ts';
import type { Transition, Transitions } from './transitions.ts';

/**
 * What differs: what a report says of the operation or of the state after it; a register that no report shows; or
 * only the functions that are entered.
 */
export type DifferenceKind = 'report' | 'register' | 'path';

/** An operation in a pair of states, in which two kernels differ. */
export interface Difference {
  readonly pair: number;
  readonly operation: number;
  readonly left: Transition;
  readonly right: Transition;
  readonly kind: DifferenceKind;
}

/** Two kernels through the same operations, from the same start. */
export interface Product {
  readonly transitions: Transitions;
  readonly kernels: readonly [number, number];
  readonly liveness: Liveness;
  readonly states: number;
  /** Pairs of a state and an operation that were tried. */
  readonly tried: number;
  readonly differences: readonly Difference[];
  /** Of each operation what was so where it was tried, and of each pair. */
  readonly tries: readonly Common[];
  readonly conditions: (pair: number) => { readonly holds: number; readonly known: number };
  readonly way: (pair: number) => Way;
  /** Put both sides of a pair into cursors of the two kernels. */
  readonly show: (pair: number, left: Uint8Array, right: Uint8Array) => void;
}

/** What a report says of the state after an operation. */
const reported: readonly number[] = (
  ['run', 'guestMode', 'svme', 'gif', 'nested', 'vmcb', 'smm', 'tripleFault'] as const
).map(columnOf);
const rip = columnOf('rip');

/**
 * Explore two kernels side by side, breadth first. Where a report would tell them apart they part, and what comes
 * later is a consequence; where only a register differs that no report shows, they go on together until it shows.
 */
export function* product(
  { transitions, guess }: Pick<KnownPart, 'transitions' | 'guess'>,
  kernels: readonly [number, number],
): Generator<Progress, Product> {
  const liveness = new Liveness([...reported, rip], guess);
  for (;;) {
    liveness.forget();
    const run = new ProductRun(transitions, kernels, liveness);
    const whole = yield* run.explore();
    if (whole && !liveness.shrinks()) return run.result();
  }
}

class ProductRun {
  private readonly layout: Layout;
  private readonly states: StateTable;
  private readonly pairs = new PairTable();
  private readonly cursors: readonly [Uint8Array, Uint8Array];
  private readonly differences: Difference[] = [];
  private readonly tries: readonly Common[];
  private readonly looker: Looker;
  private readonly holds: number[] = [];
  private readonly known: number[] = [];
  private readonly seen = new Uint8Array(reported.length);
  private tried = 0;
  private readonly from: number[] = [];
  private readonly by: number[] = [];
  private readonly transitions: Transitions;
  private readonly kernels: readonly [number, number];
  private readonly liveness: Liveness;

  constructor(transitions: Transitions, kernels: readonly [number, number], liveness: Liveness) {
    this.transitions = transitions;
    this.kernels = kernels;
    this.liveness = liveness;
    this.layout = new Layout(liveness, transitions.codes);
    this.states = new StateTable(this.layout.live.length);
    this.tries = transitions.part.operations.map(() => new Common());
    this.looker = new Looker(transitions, liveness);
    this.cursors = [transitions.cursor(kernels[0]), transitions.cursor(kernels[1])];
  }

  *explore(): Generator<Progress, boolean> {
    this.begin();
    for (const cursor of this.cursors) cursor.fill(0, 0, columnCount);
    for (let pair = 0; pair < this.pairs.count; pair += 1) {
      this.expand(pair);
      if (pair % chunk !== chunk - 1) continue;
      yield { states: this.pairs.count, transitions: this.tried };
      if (this.liveness.grows()) return false;
    }
    return !this.liveness.grows();
  }

  private begin(): void {
    const { transitions, layout, cursors } = this;
    for (let setup = 0; setup < transitions.part.setups.length; setup += 1) {
      const [left, right] = cursors.map((cursor, side) => {
        transitions.begin(cursor, this.kernels[side]!, setup);
        layout.pack(cursor);
        layout.reduce();
        return this.states.add(layout.words);
      });
      this.add(left!, right!, -1, setup);
    }
  }

  private add(left: number, right: number, from: number, by: number): void {
    if (!this.pairs.add(left, right)) return;
    this.from.push(from);
    this.by.push(by);
  }

  private load(state: number, cursor: Uint8Array): number {
    this.states.get(state, this.layout.words);
    this.layout.unpack(cursor);
    return this.layout.mode();
  }

  private expand(pair: number): void {
    const { pairs, transitions, cursors, liveness } = this;
    const [left, right] = [pairs.left(pair), pairs.right(pair)];
    const modes = [this.load(left, cursors[0]), this.load(right, cursors[1])] as const;
    const holds = this.looker.holdsAt(cursors[0]);
    const known = this.looker.knownIn(modes[0]);
    this.holds.push(holds);
    this.known.push(known);
    const menu = transitions.menu(cursors[0]);
    const other = left === right ? menu : transitions.menu(cursors[1]);
    liveness.look(menu.id, menu.reads, modes[0]);
    liveness.look(other.id, other.reads, modes[1]);
    for (const operation of menu.operations) {
      if (menu !== other && !other.operations.includes(operation)) continue;
      const madeLeft = transitions.at(cursors[0], this.kernels[0], operation);
      const alike = left === right && madeLeft.looksUp.length === 0;
      const madeRight = alike ? madeLeft : transitions.at(cursors[1], this.kernels[1], operation);
      this.tried += 1;
      this.tries[operation]!.add(holds, known);
      const toLeft = this.after(left, madeLeft, 0, modes[0]);
      if (left === right && madeLeft === madeRight) {
        this.add(toLeft, toLeft, pair, operation);
        continue;
      }
      const toRight = this.after(right, madeRight, 1, modes[1]);
      const report = madeLeft.outcome !== madeRight.outcome || this.tellsApart(toLeft, toRight);
      if (!report) this.add(toLeft, toRight, pair, operation);
      const register = left === right && toLeft !== toRight;
      if (!report && !register && madeLeft.path === madeRight.path) continue;
      const kind = report ? 'report' : register ? 'register' : 'path';
      this.differences.push({ pair, operation, left: madeLeft, right: madeRight, kind });
    }
  }

  private after(state: number, made: Transition, side: 0 | 1, mode: number): number {
    const { layout, states } = this;
    states.get(state, layout.words);
    layout.apply(made, this.cursors[side]);
    this.liveness.meet(made, mode, layout.reduce());
    return states.add(layout.words);
  }

  /** Whether a report of the two states would differ. */
  private tellsApart(left: number, right: number): boolean {
    if (left === right) return false;
    const { layout, states } = this;
    states.get(left, layout.words);
    for (const [at, column] of reported.entries()) this.seen[at] = layout.byteOf(column);
    const leftStream = this.streamOf(layout.byteOf(rip));
    states.get(right, layout.words);
    for (const [at, column] of reported.entries()) if (layout.byteOf(column) !== this.seen[at]) return true;
    return this.streamOf(layout.byteOf(rip)) !== leftStream;
  }

  private streamOf(code: number): StreamName | undefined {
    const pointer = this.transitions.codes.value(code);
    return pointer === 0 ? undefined : pointerStream(pointer);
  }

  result(): Product {
    const { from, by, pairs } = this;
    return {
      transitions: this.transitions,
      kernels: this.kernels,
      liveness: this.liveness,
      states: pairs.count,
      tried: this.tried,
      differences: this.differences,
      tries: this.tries,
      conditions: (pair) => ({ holds: this.holds[pair]!, known: this.known[pair]! }),
      way: (pair) => ({ from: from[pair]!, by: by[pair]! }),
      show: (pair, left, right) => {
        this.load(pairs.left(pair), left);
        this.load(pairs.right(pair), right);
      },
    };
  }
}
