import type { UserspaceOp } from '#program/types.ts';
import type { Belief } from './belief.ts';
import { ioctlEntries } from '#program/conformance/from-trace.ts';
import { unseenOperations } from './candidates.ts';
import type { Engine } from './engine.ts';
import type { Answer } from './memory.ts';
import type { Question } from './question.ts';

/** Episodes since userspace had the vCPU that are gone through again: what it did longer ago is not asked. */
const trailLimit = 512;

/** Operations of userspace that are assumed between two runs at most. */
const assumedLimit = 2;

/** Operations that are tried, one for each possibility: where there are more, nothing is assumed. */
const tryLimit = 4096;

const tooMany = 'what userspace may have done unseen is more than was followed';

/** Userspace had the vCPU, and may have done something that no event shows. */
export class Window {
  private trail: Question[] | undefined = [];
  private readonly belief: Belief;
  private cutBy: string | undefined;
  private isSearched = false;

  constructor(belief: Belief) {
    this.belief = belief;
  }

  push(question: Question): void {
    if (!this.trail) return;
    this.trail.push(question);
    if (this.trail.length <= trailLimit) return;
    this.trail = undefined;
    this.cutBy = `userspace had the vCPU more than ${trailLimit} steps before, and may have done something then`;
  }

  /** Nothing that is assumed here helps any more. */
  giveUp(): void {
    this.trail = undefined;
    this.cutBy = undefined;
    this.isSearched = false;
  }

  /** Why not all was tried that userspace may have done; undefined where it was. */
  get limit(): string | undefined {
    return this.cutBy;
  }

  /** How many operations of userspace were tried, and did not help. */
  get searched(): number {
    return this.isSearched ? assumedLimit : 0;
  }

  /**
   * The least that userspace must have done so that all since then is possible, the episode at last that is not.
   * `visible`: ioctls were traced, and what was not recorded did not happen.
   */
  assume(engine: Engine, visible: boolean): Assumption | undefined {
    const trail = this.trail;
    if (!trail || !engine.canBe(trail.at(-1)!, this.belief)) return undefined;
    const operations = unseenOperations.filter(
      (op) => !visible || (op.do !== 'KVM_RUN' && !ioctlEntries[op.do]),
    );
    const found = this.search(engine, operations, trail);
    if (found) return found;
    this.isSearched = this.cutBy === undefined;
    return undefined;
  }

  private search(
    engine: Engine,
    operations: readonly UserspaceOp[],
    trail: readonly Question[],
  ): Assumption | undefined {
    let layer = this.belief;
    for (let count = 1; count <= assumedLimit; count += 1) {
      const next =
        layer.hypotheses.length * operations.length > tryLimit ? undefined : engine.assume(layer, operations);
      if (next?.hypotheses.length === 0) return undefined;
      // All operations at once tell quickly whether one of them helps.
      const helps = next && !next.cut && replay(engine, next, trail);
      const found = helps && pick(engine, this.belief, operations, count, trail);
      if (found) return found;
      if (!next || next.cut || helps) {
        this.cutBy = tooMany;
        return undefined;
      }
      layer = next;
    }
    return undefined;
  }
}

/** The first operations, so many, after which the trail is possible. */
function pick(
  engine: Engine,
  from: Belief,
  operations: readonly UserspaceOp[],
  count: number,
  trail: readonly Question[],
): Assumption | undefined {
  for (const op of operations) {
    const belief = engine.assume(from, [op]);
    if (belief.hypotheses.length === 0) continue;
    if (count === 1) {
      const answers = replay(engine, belief, trail);
      if (answers) return { ops: [op], answers };
      continue;
    }
    if (!replay(engine, engine.assume(belief, operations), trail)) continue;
    const rest = pick(engine, belief, operations, count - 1, trail);
    if (rest) return { ...rest, ops: [op, ...rest.ops] };
  }
  return undefined;
}

/** What userspace may have done, and how everything since then went. */
export interface Assumption {
  readonly ops: readonly UserspaceOp[];
  readonly answers: readonly Answer[];
}

function replay(engine: Engine, from: Belief, trail: readonly Question[]): readonly Answer[] | undefined {
  const answers: Answer[] = [];
  let belief = from;
  for (const question of trail) {
    const answer = engine.answer(belief, question);
    if (answer.belief.hypotheses.length === 0) return undefined;
    belief = answer.belief;
    answers.push(answer);
  }
  return answers;
}
