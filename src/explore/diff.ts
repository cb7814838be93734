import type { Kernel } from '#kvm/kernel.ts';
import type { StepRun } from '#program/runner.ts';
import type { Op } from '#program/types.ts';
import { labelOf } from '#session/possible.ts';
import { stateFlags, stepWords } from '#session/words.ts';
import type { Part } from './bounds.ts';
import { together } from './check.ts';
import { causeOf, type Cause } from './cause.ts';
import { Common } from './conditions.ts';
import { product, type Difference, type DifferenceKind, type Product } from './product.ts';
import type { Progress, WorkProgress } from './reach.ts';
import type { Space } from './space.ts';
import { candidateLimit, shorterFirst, storyOf, type Story } from './ways.ts';
import { tell, type Witness } from './witness.ts';

/** Differences that have one cause. */
export interface DiffGroup {
  readonly cause: Cause;
  readonly count: number;
  /** How many of them change what. */
  readonly kinds: Readonly<Record<DifferenceKind, number>>;
  /** The operations, as listings write them. */
  readonly operations: readonly string[];
  /** What is so in all of them and not wherever these operations were tried. */
  readonly where: readonly string[];
  readonly witness: Witness;
  /** What the witness's operation comes to on either kernel, in words. */
  readonly cameTo: readonly [string, string];
}

/** How two kernels differ, everywhere within bounds. */
export interface Diff {
  readonly kernels: readonly [string, string];
  /** Pairs of a state and an operation that were tried. */
  readonly transitions: number;
  readonly differing: number;
  /** The ones that change something first, then by how many they are. */
  readonly groups: readonly DiffGroup[];
}

interface Gathering {
  readonly cause: Cause;
  count: number;
  readonly kinds: Record<DifferenceKind, number>;
  readonly operations: Map<string, readonly Common[]>;
  readonly common: Common;
  /** Stories whose last operation differs. */
  readonly stories: Record<DifferenceKind, Story[]>;
}

/** The differences of one part, by cause. */
class Gatherer {
  readonly groups = new Map<string, Gathering>();
  private readonly kernels: readonly [Kernel, Kernel];

  constructor(kernels: readonly [Kernel, Kernel]) {
    this.kernels = kernels;
  }

  add(part: Part, made: Product): void {
    const causes = new Map<string, Cause>();
    for (const difference of made.differences) {
      const { left, right, operation } = difference;
      const op = part.operations[operation]!;
      const key = `${left.id} ${right.id}`;
      const cause = causes.get(key) ?? this.causeOf(made, difference, op);
      causes.set(key, cause);
      this.gather(cause, part, made, difference, op);
    }
  }

  private gather(cause: Cause, part: Part, made: Product, difference: Difference, op: Op): void {
    const key = `${cause.fn} ${cause.test}`;
    let group = this.groups.get(key);
    if (!group) {
      group = {
        cause,
        count: 0,
        kinds: { report: 0, register: 0, path: 0 },
        operations: new Map(),
        common: new Common(),
        stories: { report: [], register: [], path: [] },
      };
      this.groups.set(key, group);
    }
    group.count += 1;
    group.kinds[difference.kind] += 1;
    const tries = made.tries[difference.operation]!;
    const label = labelOf(op);
    const before = group.operations.get(label);
    if (!before?.includes(tries)) group.operations.set(label, [...(before ?? []), tries]);
    const { holds, known } = made.conditions(difference.pair);
    group.common.add(holds, known);
    const stories = group.stories[difference.kind];
    if (stories.length < candidateLimit)
      stories.push(storyOf(part, made.way, difference.pair, difference.operation));
  }

  private causeOf(made: Product, { pair }: Difference, op: Op): Cause {
    const { transitions } = made;
    const cursors = [transitions.cursor(made.kernels[0]), transitions.cursor(made.kernels[1])] as const;
    made.show(pair, ...cursors);
    const ran = ([0, 1] as const).map(
      (side) => transitions.run(cursors[side], made.kernels[side], op, () => undefined).made?.calls ?? [],
    );
    return causeOf(ran[0]!, ran[1]!, op);
  }

  /** The group with its shortest witness; nothing where none can be written as a program. */
  finish({ cause, count, kinds, operations, common, stories }: Gathering): readonly DiffGroup[] {
    const title = `${this.kernels.map(({ id }) => id).join(' and ')} part in ${cause.fn}`;
    const tries = [...operations.values()].flat().reduce((all, one) => all.with(one), new Common());
    const where = common.apartFrom(tries);
    // What changes most is shown, and of that the shortest.
    for (const kind of ['report', 'register', 'path'] as const) {
      for (const story of stories[kind].toSorted(shorterFirst)) {
        const shown = this.show(story, kind, title);
        if (shown) return [{ cause, count, kinds, operations: [...operations.keys()], where, ...shown }];
      }
    }
    return [];
  }

  private show(
    story: Story,
    kind: DifferenceKind,
    title: string,
  ): Pick<DiffGroup, 'witness' | 'cameTo'> | undefined {
    const [left, right] = this.kernels.map((kernel) => tell(kernel, story, title, []));
    if (!left || !right || JSON.stringify(left.program) !== JSON.stringify(right.program)) return undefined;
    const [one, other] = [left, right].map(({ last: { step } }) =>
      JSON.stringify([step.path, step.outcome, step.after, step.exit]),
    );
    if (one === other && kind !== 'register') return undefined;
    return {
      witness: { program: left.program, step: left.step },
      cameTo: cameTo(left.last, right.last),
    };
  }
}

const without = (flags: readonly string[], others: readonly string[]): readonly string[] =>
  flags.filter((flag) => !others.includes(flag));

/** What an operation came to on two kernels, with the state where the words alone do not tell them apart. */
function cameTo(left: StepRun, right: StepRun): readonly [string, string] {
  const [one, other] = [stepWords(left), stepWords(right)];
  if (one !== other) return [one, other];
  const [before, after] = [stateFlags(left.step.after), stateFlags(right.step.after)];
  return [[one, ...without(before, after)].join('; '), [other, ...without(after, before)].join('; ')];
}

/** Every difference between two kernels, by cause, each with its shortest witness. Yields now and then. */
export function* diff(space: Space, left: Kernel, right: Kernel): Generator<WorkProgress, Diff> {
  const kernels = [space.indexOf(left), space.indexOf(right)] as const;
  const gatherer = new Gatherer([left, right]);
  let transitions = 0;
  let differing = 0;
  let done = 0;
  let before: Progress = { states: 0, transitions: 0 };
  for (const known of space.parts) {
    const work = product(known, kernels);
    let next = work.next();
    for (; !next.done; next = work.next())
      yield { done, of: space.parts.length, ...together(before, next.value) };
    const made = next.value;
    before = together(before, { states: made.states, transitions: made.tried });
    done += 1;
    known.guess = made.liveness;
    transitions += made.tried;
    differing += made.differences.length;
    gatherer.add(known.part, made);
  }
  const groups = [...gatherer.groups.values()].flatMap((group) => gatherer.finish(group));
  const sorted = groups.toSorted(
    (one, other) => other.kinds.report - one.kinds.report || other.count - one.count,
  );
  return { kernels: [left.id, right.id], transitions, differing, groups: sorted };
}
