import { columnCount } from './columns.ts';
import { Layout } from './layout.ts';
import { Liveness } from './liveness.ts';
import { StateTable } from './state-table.ts';
import type { Judgement, Transition, Transitions } from './transitions.ts';

/** How a state was first reached. */
export interface Way {
  /** The state before; -1 for one that a program begins with. */
  readonly from: number;
  /** The operation, or which setup it begins with. */
  readonly by: number;
}

/** Every state that a kernel can reach within bounds, in the order of the fewest operations. */
export interface Reached {
  readonly kernel: number;
  readonly states: number;
  readonly transitions: number;
  /** Bytes that the states occupy. */
  readonly memory: number;
  /** What makes a state: a good guess for the next kernel. */
  readonly liveness: Liveness;
  readonly way: (state: number) => Way;
  /** Put a state into a cursor of the transitions. What does not count in it is 0. */
  readonly show: (state: number, cursor: Uint8Array) => void;
}

/** Hears of everything that is met, in breadth-first order; once more from the start after `restart`. */
export interface Explorer {
  restart(): void;
  transition(from: number, operation: number, made: Transition, to: number): void;
  /** A state is met for the first time. */
  state(state: number, judged: Judgement): void;
}

/** States between two chances for whoever runs this to do something else. */
export const chunk = 512;

/** What is known of an exploration under way. */
export interface Progress {
  readonly states: number;
  readonly transitions: number;
}

/** What is known of work that takes several explorations. */
export interface WorkProgress extends Progress {
  /** The kernel at work, where it is one. */
  readonly kernel?: string;
  /** Explorations that are done, of how many. */
  readonly done: number;
  readonly of: number;
}

/** What an exploration is told beside its bounds. */
export interface Hints {
  readonly explorer?: Explorer;
  /** Columns that somebody asks for in every state. */
  readonly columns?: readonly number[];
  /** What counts in a kernel that is much alike. It saves time and changes nothing. */
  readonly guess?: Liveness | undefined;
}

/**
 * Explore breadth first. What no operation ever reads does not count: states that differ in nothing else are one. What
 * counts is learnt on the way; the exploration begins anew whenever more counts than was thought, or less.
 */
export function* reach(
  transitions: Transitions,
  kernel: number,
  { explorer, columns = [], guess }: Hints = {},
): Generator<Progress, Reached> {
  const liveness = new Liveness(columns, guess);
  for (;;) {
    liveness.forget();
    const run = new Run(transitions, kernel, liveness, explorer);
    const whole = yield* run.explore();
    if (whole && !liveness.shrinks()) return run.reached();
  }
}

class Run {
  private readonly layout: Layout;
  private readonly table: StateTable;
  private readonly cursor: Uint8Array;
  private made = 0;
  private readonly from: number[] = [];
  private readonly by: number[] = [];
  private readonly transitions: Transitions;
  private readonly kernel: number;
  private readonly liveness: Liveness;
  private readonly explorer: Explorer | undefined;

  constructor(transitions: Transitions, kernel: number, liveness: Liveness, explorer: Explorer | undefined) {
    this.transitions = transitions;
    this.kernel = kernel;
    this.liveness = liveness;
    this.explorer = explorer;
    this.layout = new Layout(liveness, transitions.codes);
    this.table = new StateTable(this.layout.live.length);
    this.cursor = transitions.cursor(kernel);
  }

  /** Whether the run came to its end: false where more counts than the layout holds. */
  *explore(): Generator<Progress, boolean> {
    const { layout, table, cursor, liveness } = this;
    this.explorer?.restart();
    this.begin();
    cursor.fill(0, 0, columnCount);
    for (let state = 0; state < table.count; state += 1) {
      table.get(state, layout.words);
      layout.unpack(cursor);
      this.expand(state);
      if (state % chunk !== chunk - 1) continue;
      yield { states: table.count, transitions: this.made };
      if (liveness.grows()) return false;
    }
    return !liveness.grows();
  }

  private begin(): void {
    for (let setup = 0; setup < this.transitions.part.setups.length; setup += 1) {
      this.transitions.begin(this.cursor, this.kernel, setup);
      this.layout.pack(this.cursor);
      this.layout.reduce();
      this.add(-1, setup);
    }
  }

  private expand(state: number): void {
    const { layout, table, cursor, liveness, transitions, explorer } = this;
    const mode = layout.mode();
    const judged = transitions.judge(cursor);
    const menu = transitions.menu(cursor);
    liveness.look(judged.id, judged.reads, mode);
    liveness.look(menu.id, menu.reads, mode);
    explorer?.state(state, judged);
    for (const operation of menu.operations) {
      const made = transitions.at(cursor, this.kernel, operation);
      table.get(state, layout.words);
      layout.apply(made, cursor);
      liveness.meet(made, mode, layout.reduce());
      const to = this.add(state, operation);
      this.made += 1;
      explorer?.transition(state, operation, made, to);
    }
  }

  private add(from: number, by: number): number {
    const before = this.table.count;
    const state = this.table.add(this.layout.words);
    if (state === before) {
      this.from.push(from);
      this.by.push(by);
    }
    return state;
  }

  reached(): Reached {
    const { layout, table, from, by } = this;
    return {
      kernel: this.kernel,
      states: table.count,
      transitions: this.made,
      memory: table.memory,
      liveness: this.liveness,
      way: (state) => ({ from: from[state]!, by: by[state]! }),
      show: (state, cursor) => {
        table.get(state, layout.words);
        layout.unpack(cursor);
      },
    };
  }
}
