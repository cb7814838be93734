import { regions, type RegionName } from '#machine/facts.ts';
import type { Told } from '../questions.ts';
import type { Stretch } from './matcher.ts';
import { choicesOf, columnOf, stateKey, unknownLetter, wholes, type PartialState } from './partial-state.ts';
import { packedFacts } from '#machine/packed.ts';

/** One possibility: the vCPU, and what the model does by itself before anybody executes something. */
export interface Hypothesis {
  readonly id: number;
  readonly state: PartialState;
  readonly rest: readonly Stretch[];
}

/** Everything that is possible, each once, by number. */
export interface Belief {
  readonly id: number;
  readonly hypotheses: readonly Hypothesis[];
  /** There were more than could be followed. */
  readonly cut: boolean;
}

/** How many possibilities are followed at once. */
export const beliefLimit = 4096;

/** More are not worth the work of putting them together: most of them are gone after the next episode. */
const mergeLimit = 16_384;

/** How many are kept in mind: beyond that everything is forgotten, and met anew. */
const memoryLimit = 60_000;

/** The two states differ in one fact only, and between them it can be anything that the code tells apart. */
function differAll(one: PartialState, other: PartialState, column: number): boolean {
  if (one.known[column] !== wholes[column] || other.known[column] !== wholes[column]) return false;
  const ways = choicesOf(packedFacts[column]!, wholes[column]!);
  const values = new Set([one.values[column]!, other.values[column]!]);
  return ways.length === 2 && ways.every((way) => values.has(way));
}

function without({ values, known }: PartialState, column: number): PartialState {
  const blank = { values: values.slice(), known: known.slice() };
  blank.values[column] = 0;
  blank.known[column] = 0;
  return blank;
}

interface Open {
  readonly state: PartialState;
  readonly rest: readonly Stretch[];
}

interface Keyed extends Open {
  readonly key: string;
}

const keyOf = ({ state, rest }: Open): string =>
  `${stateKey(state)}${rest.length > 0 ? JSON.stringify(rest) : ''}`;

const blankAt = (key: string, column: number): string =>
  `${key.slice(0, column)}${unknownLetter}${key.slice(column + 1)}`;

/** Columns in which keys differ. */
function varying(all: readonly Keyed[]): readonly number[] {
  const first = all[0]!.key;
  return packedFacts
    .map((_, column) => column)
    .filter((column) => all.some(({ key }) => key[column] !== first[column]));
}

/** Put possibilities into one that differ in nothing but a fact which can be anything then. */
function mergedAt(all: readonly Keyed[], column: number): readonly Keyed[] {
  const groups = new Map<string, Keyed[]>();
  for (const one of all) {
    const key = blankAt(one.key, column);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups].flatMap(([key, group]) => {
    const blank = group.find((one) => one.key[column] === unknownLetter);
    if (blank) return [blank];
    const [one, other] = group;
    if (group.length !== 2 || !differAll(one!.state, other!.state, column)) return group;
    return [{ key, state: without(one!.state, column), rest: one!.rest }];
  });
}

function merged(all: readonly Open[]): readonly Keyed[] {
  let open: readonly Keyed[] = [...new Map(all.map((one) => [keyOf(one), one]))].map(
    ([key, { state, rest }]) => ({
      key,
      state,
      rest,
    }),
  );
  if (open.length < 2 || open.length > mergeLimit) return open;
  for (const column of varying(open)) open = mergedAt(open, column);
  return open;
}

/** Numbers beliefs and what they consist of: equal ones are the same object. */
export class Beliefs {
  private readonly hypotheses = new Map<string, Hypothesis>();
  private readonly beliefs = new Map<string, Belief>();
  private next = 0;

  /** Whether so much is kept that whoever remembers numbers should forget them. */
  get isFull(): boolean {
    return this.hypotheses.size + this.beliefs.size > memoryLimit;
  }

  hypothesis({ state, rest }: Open, key = keyOf({ state, rest })): Hypothesis {
    let known = this.hypotheses.get(key);
    if (!known) {
      this.next += 1;
      known = { id: this.next, state, rest };
      this.hypotheses.set(key, known);
    }
    return known;
  }

  belief(all: readonly Open[], cut = false): Belief {
    const merge = merged(all);
    const kept = merge.slice(0, beliefLimit).map((one) => this.hypothesis(one, one.key));
    const hypotheses = kept.toSorted((left, right) => left.id - right.id);
    const isCut = cut || merge.length > beliefLimit;
    const key = `${isCut ? 'cut ' : ''}${hypotheses.map(({ id }) => id).join(' ')}`;
    let known = this.beliefs.get(key);
    if (!known) {
      this.next += 1;
      known = { id: this.next, hypotheses, cut: isCut };
      this.beliefs.set(key, known);
    }
    return known;
  }

  forget(): void {
    this.hypotheses.clear();
    this.beliefs.clear();
  }
}

const tellings = new WeakMap<Belief, Told>();

/** The state of each region on which every possibility agrees. */
export function toldBy(belief: Belief): Told {
  const told = tellings.get(belief) ?? tellingOf(belief);
  tellings.set(belief, told);
  return told;
}

function tellingOf({ hypotheses }: Belief): Told {
  const told: Partial<Record<RegionName, string>> = {};
  const first = hypotheses[0];
  if (!first) return told;
  for (const { name, states } of regions) {
    const column = columnOf(name);
    const value = first.state.values[column]!;
    const agree = hypotheses.every(
      ({ state }) => state.known[column] === wholes[column] && state.values[column] === value,
    );
    if (agree) told[name] = states[value]!;
  }
  return told;
}
