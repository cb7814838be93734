import { present } from '#base/assert.ts';
import type { StreamName } from '#machine/code-pointer.ts';
import { givenRegisters } from '#program/boot.ts';
import { invariants, type Invariant } from '#program/invariants.ts';
import type { Op, Program } from '#program/types.ts';
import type { Part } from './bounds.ts';
import { Codes, columnCount, columnOf } from './columns.ts';
import type { Family } from './family.ts';
import {
  askingOf,
  canChoose,
  judgeState,
  operate,
  prepare,
  type Asking,
  type Made,
  type Verdicts,
} from './operation.ts';
import { QuestionTree } from './question-tree.ts';
import { TracedPort } from './traced-port.ts';

/** What an operation does to every state that is equal in the columns it depends on. */
export interface Transition {
  readonly id: number;
  /** Columns that it depends on, in the order in which it asks; versions of functions not among them. */
  readonly reads: readonly number[];
  /** Differing functions of the family that it looks up. */
  readonly looksUp: readonly number[];
  /** Column, code, column, code ... that it leaves. */
  readonly writes: readonly number[];
  /** Column, column whose value it takes unseen ... */
  readonly moves: readonly number[];
  readonly stream: StreamName | undefined;
  readonly verdicts: Verdicts;
  /** Equal for the same functions entered in the same order. */
  readonly path: number;
  /** Equal for the same outcome. */
  readonly outcome: number;
}

/** The operations that can be chosen in a state, by their place in the part. */
export interface Menu {
  readonly id: number;
  readonly reads: readonly number[];
  readonly operations: readonly number[];
}

/** How a state fares with the invariants that speak of states. */
export interface Judgement {
  readonly id: number;
  readonly reads: readonly number[];
  readonly verdicts: Verdicts;
}

const interned = (): ((text: string) => number) => {
  const known = new Map<string, number>();
  return (text) => {
    const number = known.get(text) ?? known.size;
    known.set(text, number);
    return number;
  };
};

/**
 * The step of the explorer. The model's own interpreter carries an operation out once for each set of values that it
 * asks for; what it asked, in order, makes a tree of questions, and every further state that answers alike gets the
 * same transition by walking down that tree. Versions of functions are questions too, so that kernels share what they
 * do alike. Nothing is told twice: the tree knows no rule of its own.
 */
export class Transitions {
  readonly family: Family;
  readonly codes = new Codes();
  /** Transitions made so far: how often the interpreter had to run. */
  count = 0;
  readonly part: Part;
  private readonly asking: Asking;
  private readonly trees: readonly QuestionTree<Transition>[];
  private readonly beginnings: readonly QuestionTree<Transition>[];
  private readonly judgements = new QuestionTree<Judgement>();
  private readonly menus = new QuestionTree<Menu>();
  private readonly pathNumber = interned();
  private readonly outcomeNumber = interned();

  constructor(family: Family, part: Part, asked: readonly Invariant[] = invariants) {
    this.asking = askingOf(asked);
    this.family = family;
    this.part = part;
    this.trees = part.operations.map(() => new QuestionTree());
    this.beginnings = part.setups.map(() => new QuestionTree());
  }

  /** A row of codes, with the kernel's versions behind it: what `at()` reads. */
  cursor(kernel: number): Uint8Array {
    const cursor = new Uint8Array(columnCount + this.family.differing.length);
    cursor.set(this.family.versionsOf(kernel), columnCount);
    return cursor;
  }

  /** Put the vCPU that a setup of the part begins with into the cursor. */
  begin(cursor: Uint8Array, kernel: number, setup: number): void {
    const program = present(this.part.setups[setup], `setup ${setup}`);
    cursor.fill(0, 0, columnCount);
    for (const [name, value] of Object.entries(givenRegisters(program))) {
      const column = columnOf(name as Parameters<typeof columnOf>[0]);
      cursor[column] = this.codes.code(value);
    }
    const { writes, moves } = this.findOrMake(this.beginnings[setup]!, cursor, kernel, program);
    const before = cursor.slice();
    for (let at = 0; at < writes.length; at += 2) cursor[writes[at]!] = writes[at + 1]!;
    for (let at = 0; at < moves.length; at += 2) cursor[moves[at]!] = before[moves[at + 1]!]!;
  }

  /** What can be chosen in the state at the cursor. */
  menu(cursor: Uint8Array): Menu {
    return this.menus.findOr(cursor, (reads) => {
      const port = new TracedPort(this.valuesAt(cursor), (column) => reads.push(column));
      const operations = this.part.operations.flatMap((op, index) => (canChoose(port, op) ? [index] : []));
      this.count += 1;
      return { id: this.count, reads, operations };
    });
  }

  /** The transition of an operation that can be chosen in the state at the cursor. */
  at(cursor: Uint8Array, kernel: number, operation: number): Transition {
    return this.findOrMake(this.trees[operation]!, cursor, kernel, this.part.operations[operation]!);
  }

  private findOrMake(
    tree: QuestionTree<Transition>,
    cursor: Uint8Array,
    kernel: number,
    operation: Op | Program,
  ): Transition {
    return tree.findOr(cursor, (asked) => {
      const { port, made } = this.run(cursor, kernel, operation, (column) => asked.push(column));
      return this.transition(port, asked, made);
    });
  }

  /** How the state at the cursor fares with the invariants that speak of states. */
  judge(cursor: Uint8Array): Judgement {
    return this.judgements.findOr(cursor, (reads) => {
      const port = new TracedPort(this.valuesAt(cursor), (column) => reads.push(column));
      const verdicts = judgeState(port, this.asking);
      this.count += 1;
      return { id: this.count, reads, verdicts };
    });
  }

  private valuesAt(cursor: Uint8Array): Uint32Array {
    const values = new Uint32Array(columnCount);
    for (let column = 0; column < columnCount; column += 1)
      values[column] = this.codes.value(cursor[column]!);
    return values;
  }

  /** Carry the operation out on the values at the cursor, and note what it asked. */
  run(
    cursor: Uint8Array,
    kernel: number,
    operation: Op | Program,
    onAsk: (column: number) => void,
  ): { readonly port: TracedPort; readonly made: Made | undefined } {
    const looked = new Set<number>();
    const traced = this.family.traced(kernel, (differing) => {
      if (looked.has(differing)) return;
      looked.add(differing);
      onAsk(columnCount + differing);
    });
    const port = new TracedPort(this.valuesAt(cursor), onAsk);
    if ('do' in operation) return { port, made: operate(traced, port, operation, this.asking) };
    prepare(traced, port, operation);
    return { port, made: undefined };
  }

  private transition(port: TracedPort, asked: readonly number[], made: Made | undefined): Transition {
    const writes: number[] = [];
    const moves: number[] = [];
    for (const column of port.written) {
      const source = port.sourceOf(column);
      if (source === column) continue;
      if (source >= 0) moves.push(column, source);
      else writes.push(column, this.codes.code(port.values[column]!));
    }
    this.count += 1;
    return {
      id: this.count,
      reads: asked.filter((column) => column < columnCount),
      looksUp: asked.filter((column) => column >= columnCount).map((column) => column - columnCount),
      writes,
      moves,
      stream: made?.stream,
      verdicts: made?.verdicts ?? { broken: 0, asked: 0 },
      path: made ? this.pathNumber(made.path.map(({ fn, depth }) => `${depth}${fn}`).join(' ')) : -1,
      outcome: made ? this.outcomeNumber(JSON.stringify(made.step.outcome)) : -1,
    };
  }
}
