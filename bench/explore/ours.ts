import { drain } from '#base/drain.ts';
import { reduced, standard, type Bounds } from '#explore/bounds.ts';
import { check } from '#explore/check.ts';
import { reach, type Explorer, type Reached } from '#explore/reach.ts';
import { Space } from '#explore/space.ts';
import type { Judgement, Transition, Transitions } from '#explore/transitions.ts';
import { invariants, type Invariant } from '#program/invariants.ts';
import { asked, built, type Answer } from './question.ts';

/** The project's own exploration, timed. */

/** Collects which invariants break, as a model checker does that counts errors and goes on. */
class Verdicts implements Explorer {
  broken = 0;

  restart(): void {
    this.broken = 0;
  }

  transition(_from: number, _operation: number, { verdicts }: Transition): void {
    this.broken |= verdicts.broken;
  }

  state(_state: number, { verdicts }: Judgement): void {
    this.broken |= verdicts.broken;
  }
}

function named(broken: number, list: readonly Invariant[]): readonly string[] {
  return list.filter((_, bit) => (broken & (1 << bit)) !== 0).map(({ id }) => id);
}

/** An exploration that is finished. */
interface Explored {
  readonly answer: Answer;
  readonly reached: Reached;
  readonly transitions: Transitions;
}

/** Explore a kernel of which nothing is known yet. */
export function exploreAnew(id: string): Explored {
  const [part] = new Space([built(id)], reduced, asked).parts;
  if (!part) throw new Error('the reduced bounds have one part');
  return explore(part.transitions);
}

function explore(transitions: Transitions, known?: Reached): Explored {
  const explorer = new Verdicts();
  const reached = drain(reach(transitions, 0, { explorer, guess: known?.liveness }));
  const { states, transitions: made } = reached;
  return {
    answer: { states, transitions: made, broken: named(explorer.broken, asked) },
    reached,
    transitions,
  };
}

function timed<Result>(work: () => Result): { readonly result: Result; readonly ms: number } {
  const begun = performance.now();
  const result = work();
  return { result, ms: performance.now() - begun };
}

function median(times: readonly number[]): number {
  return times.toSorted((left, right) => left - right)[times.length >> 1]!;
}

function medianOf(rounds: number, work: () => unknown): number {
  return median(Array.from({ length: rounds }, () => timed(work).ms));
}

/** What a means took, in milliseconds. */
export interface Timed {
  readonly answer: Answer;
  readonly prepare: number;
  readonly run: number;
  readonly memory: number;
}

/** The reduced bounds. To prepare is to make the transitions for the first time and to learn what counts. */
export function measureReduced(id: string): Timed {
  const { answer, reached, transitions } = exploreAnew(id);
  const again = (): Explored => explore(transitions, reached);
  medianOf(100, again);
  const run = medianOf(300, again);
  const anew = medianOf(11, () => exploreAnew(id));
  return { answer, prepare: anew - run, run, memory: reached.memory };
}

/** What `check` does, with its shortest witnesses. */
function measureCheck(id: string, bounds: Bounds, list: readonly Invariant[]): Timed {
  const kernels = [built(id)];
  const space = new Space(kernels, bounds, list);
  const work = () => drain(check(space, kernels))[0]!;
  const first = timed(work);
  const run = medianOf(5, work);
  const { states, transitions, memory, invariants: verdicts } = first.result;
  const broken = verdicts.filter(({ verdict }) => verdict === 'broken').map((one) => one.id);
  return { answer: { states, transitions, broken }, prepare: first.ms - run, run, memory };
}

export function measureStandard(id: string): Timed {
  return measureCheck(id, standard, invariants);
}

export function measureReducedCheck(id: string): Timed {
  return measureCheck(id, reduced, asked);
}
