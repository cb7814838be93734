import { l1Intercepts } from '#kvm/words.ts';
import { all, any, evaluate, fact, factsOf, is, type Expr } from '#machine/expr.ts';
import { columnOf } from './columns.ts';
import type { Liveness } from './liveness.ts';
import { QuestionTree } from './question-tree.ts';
import type { Transitions } from './transitions.ts';

/** Something that can be said of a state, both ways. */
export interface Condition {
  readonly holds: Expr;
  readonly yes: string;
  readonly no: string;
}

/** What groups of states are told apart by, the most telling first. */
const conditions: readonly Condition[] = [
  { holds: is('guestMode', 'l2'), yes: 'in guest mode', no: 'outside guest mode' },
  {
    holds: all(l1Intercepts('MSR_PROT'), fact('msrpmWrite12')),
    yes: 'with the EFER write intercepted by L1',
    no: 'with the EFER write not intercepted by L1',
  },
  { holds: is('smm', 'inside'), yes: 'in SMM', no: 'outside SMM' },
  { holds: is('svme', 'set'), yes: 'with EFER.SVME set', no: 'with EFER.SVME clear' },
  {
    holds: any(is('run', 'userspace'), is('run', 'shutdown')),
    yes: 'while userspace has the vCPU',
    no: 'while the guest runs',
  },
  { holds: is('gif', 'set'), yes: 'with GIF set', no: 'with GIF clear' },
  {
    holds: l1Intercepts('SHUTDOWN'),
    yes: 'with SHUTDOWN intercepted by L1',
    no: 'with SHUTDOWN not intercepted by L1',
  },
  {
    holds: is('tripleFault', 'pending'),
    yes: 'with a triple fault pending',
    no: 'with no triple fault pending',
  },
  {
    holds: fact('eferWriteFilter'),
    yes: 'with a filter on EFER writes',
    no: 'with no filter on EFER writes',
  },
  { holds: fact('vgif'), yes: 'on a vGIF host', no: 'without vGIF' },
  { holds: fact('vls'), yes: 'with virtual VMLOAD and VMSAVE', no: 'without virtual VMLOAD and VMSAVE' },
  { holds: fact('nrips'), yes: 'with NRIPS', no: 'without NRIPS' },
  { holds: fact('npt'), yes: 'with nested paging', no: 'without nested paging' },
  { holds: fact('gpErratum'), yes: 'with the #GP erratum', no: 'without the #GP erratum' },
  { holds: fact('vmwareBackdoor'), yes: 'with the VMware backdoor', no: 'without the VMware backdoor' },
  { holds: fact('irqchip'), yes: 'with an in-kernel irqchip', no: 'without an in-kernel irqchip' },
];

const columns = conditions.map(({ holds }) => factsOf(holds).map(columnOf));

/** Which conditions hold in every one of some states, and which in none: a bit each. */
export class Common {
  private always = -1;
  private never = -1;

  add(holds: number, known: number): void {
    this.always &= holds & known;
    this.never &= ~holds & known;
  }

  /** What is so here everywhere, and not everywhere among the others: the conditions that set these apart. */
  apartFrom(others: Common): readonly string[] {
    return conditions.flatMap(({ yes, no }, bit) => {
      const mask = 1 << bit;
      if ((this.always & mask) !== 0 && (others.always & mask) === 0) return [yes];
      return (this.never & mask) !== 0 && (others.never & mask) === 0 ? [no] : [];
    });
  }

  /** These and those together. */
  with(others: Common): Common {
    const both = new Common();
    both.always = this.always & others.always;
    both.never = this.never & others.never;
    return both;
  }
}

interface Looked {
  readonly holds: number;
}

/** Looks at states: which conditions hold, and which are known there at all. */
export class Looker {
  private readonly tree = new QuestionTree<Looked>();
  private readonly known = new Map<number, number>();
  private readonly transitions: Transitions;
  private readonly liveness: Liveness;

  constructor(transitions: Transitions, liveness: Liveness) {
    this.transitions = transitions;
    this.liveness = liveness;
  }

  /** The conditions that hold in the state at the cursor. */
  holdsAt(cursor: Uint8Array): number {
    return this.tree.findOr(cursor, (asked) => this.lookAt(cursor, asked)).holds;
  }

  private lookAt(cursor: Uint8Array, asked: number[]): Looked {
    const read = (column: number): number => {
      if (!asked.includes(column)) asked.push(column);
      return this.transitions.codes.value(cursor[column]!);
    };
    const scope = { read: (name: Parameters<typeof columnOf>[0]) => read(columnOf(name)), local: () => 0 };
    const holds = conditions.reduce(
      (bits, condition, bit) => (evaluate(condition.holds, scope) === 0 ? bits : bits | (1 << bit)),
      0,
    );
    return { holds };
  }

  /** The conditions of which something can be said in a mode: every fact that they ask for counts there. */
  knownIn(mode: number): number {
    const before = this.known.get(mode);
    if (before !== undefined) return before;
    const mask = this.liveness.maskOf(mode);
    const known = columns.reduce(
      (bits, list, bit) => (list.every((column) => mask[column] === 1) ? bits | (1 << bit) : bits),
      0,
    );
    this.known.set(mode, known);
    return known;
  }
}
