import { invariant } from '#base/assert.ts';
import { allNodes, type KvmFunction, type Node, type TestNode } from '#kvm/ir.ts';
import type { FunctionSet, Kernel } from '#kvm/kernel.ts';
import { bases, patches } from '#kvm/kernels.ts';
import { applyPatch, type Patch } from '#kvm/patch.ts';
import { nodeRuns, type Run } from '#kvm/recorder.ts';
import type { EffectType } from '#machine/effects.ts';
import { region, stateOf, type RegionName } from '#machine/facts.ts';
import { answersTo } from '#machine/packed.ts';
import { start } from '#program/runner.ts';
import { columnOf } from './columns.ts';
import { reach, type Explorer, type Reached, type WorkProgress } from './reach.ts';
import type { KnownPart, Space } from './space.ts';
import { candidateLimit, storyOf, type Story } from './ways.ts';
import { tell, type Witness } from './witness.ts';
import { list } from './words.ts';

/** "How do I get here", and "why not": the shortest program that brings a region of the chart into a state. */

export interface Goal {
  readonly region: RegionName;
  readonly state: string;
}

/** A test that stands in the way, with the value that it had each time. */
export interface Blocker {
  readonly fn: string;
  readonly test: string;
  readonly value: boolean;
}

/** Why nothing leads there. */
export interface WhyNever {
  readonly sentence: string;
  /** Absent where the kernel has nothing that leads there, or where nothing that was tried comes near it. */
  readonly blocker?: Blocker;
  /** Where the kernel has nothing that leads there: the patches that add something. */
  readonly patches: readonly string[];
}

type Shown =
  /** It is so after the witness's step; step -1 is before the first. */
  | { readonly kind: 'between'; readonly witness: Witness }
  /** It is so only within the witness's step, after this micro-step, counted from 1. */
  | { readonly kind: 'inside'; readonly witness: Witness; readonly micro: number };

export type HowTo = Shown | { readonly kind: 'never'; readonly why: WhyNever };

/** Where each transition is first met: after the fewest operations. */
type Met = Map<number, { readonly from: number; readonly operation: number }>;

const noting = (met: Met): Explorer => ({
  restart: () => met.clear(),
  transition: (from, operation, { id }) => {
    if (!met.has(id)) met.set(id, { from, operation });
  },
  state: () => undefined,
});

interface Explored extends Pick<KnownPart, 'part' | 'transitions'> {
  readonly reached: Reached;
  readonly met: Met;
}

/** The number that stands for the goal's state: in a region also its code. */
function valueOf({ region: name, state }: Goal): number {
  const value = region(name).states.indexOf(state);
  invariant(value >= 0, `${name} has a state ${state}`);
  return value;
}

/** Events of the chart that lead into the goal's state from another. */
function eventsTo(goal: Goal): readonly EffectType[] {
  const value = valueOf(goal);
  return [...answersTo].flatMap(([type, answers]) => {
    const moves = answers.find(({ fact }) => fact === goal.region)?.moves ?? [];
    const leads = moves.some((ways, from) => from !== value && ways.some(({ target }) => target === value));
    return leads ? [type] : [];
  });
}

/** Which functions were entered, which nodes ran, and which values tests had. */
type Seen = Set<string>;

const keyOf = ({ name }: KvmFunction, node?: Node, value?: boolean): string =>
  `${name}() ${node?.id ?? ''} ${value ?? ''}`;

function see(seen: Seen, runs: readonly Run<undefined>[], owner?: KvmFunction): void {
  for (const run of runs) {
    const node = run.kind === 'node' ? run.node : run.by;
    if (owner && node) seen.add(keyOf(owner, node));
    if (owner && run.kind === 'node') seen.add(keyOf(owner, run.node, run.value !== 0));
    if (run.kind === 'node') continue;
    seen.add(keyOf(run.fn));
    see(seen, run.steps, run.fn);
  }
}

/** Stories after which it is so, the shortest first. */
function* between({ part, transitions, reached }: Explored, goal: Goal): Generator<Story> {
  const cursor = transitions.cursor(reached.kernel);
  for (let state = 0; state < reached.states; state += 1) {
    reached.show(state, cursor);
    if (cursor[columnOf(goal.region)] === valueOf(goal)) yield storyOf(part, reached.way, state);
  }
}

/** Each transition that was met, carried out again where that was. */
function* rerun({ part, transitions, reached, met }: Explored) {
  const cursor = transitions.cursor(reached.kernel);
  for (const { from, operation } of met.values()) {
    reached.show(from, cursor);
    const op = part.operations[operation]!;
    const { made } = transitions.run(cursor, reached.kernel, op, () => undefined);
    yield { from, operation, calls: made?.calls ?? [] };
  }
}

/** Stories whose last operation sends an event that leads there, the shortest first. */
function* inside(explored: Explored, goal: Goal): Generator<Story> {
  const events: readonly string[] = eventsTo(goal);
  for (const { from, operation, calls } of rerun(explored)) {
    const sent = [...nodeRuns(calls)].some(({ run }) => run.events.some(({ type }) => events.includes(type)));
    if (sent) yield storyOf(explored.part, explored.reached.way, from, operation);
  }
}

/** The story as a program, if it is so after its operations, or after a micro-step of the last one. */
function show(
  kernel: Kernel,
  { region: name, state }: Goal,
  story: Story,
  kind: Shown['kind'],
): Shown | undefined {
  const title = `how ${name} becomes ${state} on ${kernel.id}`;
  const { setup, operations } = story;
  const told = tell(kernel, story, title, []);
  if (operations.length > 0 && !told) return undefined;
  const witness = { program: told?.program ?? { ...setup, title }, step: operations.length - 1 };
  const after = told?.last.state.snapshot ?? start(kernel, setup, []).snapshot;
  if (kind === 'between') return stateOf(after, name) === state ? { kind, witness } : undefined;
  const micro = (told?.last.moments ?? []).findIndex((moment) => stateOf(moment, name) === state) + 1;
  return micro > 0 ? { kind, witness, micro } : undefined;
}

type Show = (story: Story) => Shown | undefined;

/** The shortest of the stories of all parts that can be shown. */
function shortest(parts: readonly Iterable<Story>[], shown: Show): Shown | undefined {
  const first = (stories: Iterable<Story>): readonly Shown[] => {
    let tried = 0;
    for (const story of stories) {
      const how = shown(story);
      if (how) return [how];
      tried += 1;
      if (tried === candidateLimit) break;
    }
    return [];
  };
  return parts.flatMap(first).toSorted((one, other) => one.witness.step - other.witness.step)[0];
}

/** A node of a function. */
interface Place {
  readonly fn: KvmFunction;
  readonly node: Node;
}

function placesOf(functions: FunctionSet, wanted: (node: Node) => boolean): readonly Place[] {
  const all = Object.values(functions).flatMap((fn) => allNodes(fn.body).map((node) => ({ fn, node })));
  return all.filter(({ node }) => wanted(node));
}

/** A test that decides whether a node runs, and the value that lets it. */
interface Guard {
  readonly test: TestNode;
  readonly value: boolean;
}

const returns = (nodes: readonly Node[]): boolean => nodes.some(({ kind }) => kind === 'return');

/** The tests that decide whether a node below these runs, the nearest first: around it, or returning before it. */
function guardsOf(nodes: readonly Node[], target: Node): readonly Guard[] | undefined {
  const before: Guard[] = [];
  for (const node of nodes) {
    const around = node === target ? [] : guardsIn(node, target);
    if (around) return [...around, ...before.toReversed()];
    if (node.kind === 'test' && returns(node.then) !== returns(node.otherwise))
      before.push({ test: node, value: returns(node.otherwise) });
  }
  return undefined;
}

function guardsIn(node: Node, target: Node): readonly Guard[] | undefined {
  if (node.kind === 'loop') return guardsOf(node.body, target);
  if (node.kind !== 'test') return undefined;
  const then = guardsOf(node.then, target);
  const inner = then ?? guardsOf(node.otherwise, target);
  return inner && [...inner, { test: node, value: then !== undefined }];
}

/** The nearest test that ran and never let the node run. */
function blockerOf({ fn, node }: Place, seen: Seen): Blocker | undefined {
  const found = guardsOf(fn.body, node)?.find(
    ({ test, value }) => seen.has(keyOf(fn, test, !value)) && !seen.has(keyOf(fn, test, value)),
  );
  return found && { fn: fn.name, test: found.test.text, value: !found.value };
}

/** What stands before any of these nodes: in its function, or before the calls that lead there. */
function findBlocker({ functions }: Kernel, targets: readonly Place[], seen: Seen) {
  const queue = targets.map((target) => ({ target, place: target }));
  const queued = new Set(targets.map(({ node }) => node));
  for (const { target, place } of queue) {
    const ran = seen.has(keyOf(place.fn, place.node));
    const blocker = ran ? undefined : blockerOf(place, seen);
    if (blocker) return { target, blocker };
    // The reason of a node that ran lies in who calls its function, and so does that of a function never entered.
    if (!ran && seen.has(keyOf(place.fn))) continue;
    const calls = (node: Node): boolean =>
      (node.kind === 'call' && node.fn === place.fn.name) ||
      (node.kind === 'dispatch' && Object.values(node.to).includes(place.fn.name));
    for (const caller of placesOf(functions, calls)) {
      if (seen.has(keyOf(caller.fn, caller.node)) || queued.has(caller.node)) continue;
      queued.add(caller.node);
      queue.push({ target, place: caller });
    }
  }
  return undefined;
}

/** The functions in which a patch adds such a node to the first base that it applies to. */
function addsIn(patch: Patch, wanted: (node: Node) => boolean): readonly string[] {
  const base = bases.find(({ id }) => patch.bases.includes(id));
  const before = base ? placesOf(base.functions, wanted).map(({ node }) => node) : [];
  const after = base ? placesOf(applyPatch(base.functions, patch), wanted) : [];
  return [...new Set(after.filter(({ node }) => !before.includes(node)).map(({ fn }) => `${fn.name}()`))];
}

/** Why nothing that was explored leads there. */
function whyNever(goal: Goal, kernel: Kernel, explored: readonly Explored[]): WhyNever {
  const events = eventsTo(goal);
  const sends = (node: Node): boolean =>
    node.kind === 'effect' && node.does.some((does) => 'type' in does && events.includes(does.type));
  const targets = placesOf(kernel.functions, sends);
  const what = list(events);
  if (targets.length === 0) {
    const adding = patches.map((patch) => ({ id: patch.id, fns: addsIn(patch, sends) }));
    const useful = adding.filter(({ fns }) => fns.length > 0);
    const only = list(useful.map(({ id, fns }) => `${id} adds it, in ${list(fns)}`));
    const rest = only
      ? `only ${only}`
      : 'no patch adds it, and no operation that was tried does it by itself';
    return {
      sentence: `Nothing in ${kernel.id} sends ${what}; ${rest}.`,
      patches: useful.map(({ id }) => id),
    };
  }
  const seen: Seen = new Set();
  for (const one of explored) for (const { calls } of rerun(one)) see(seen, calls);
  const found = findBlocker(kernel, targets, seen);
  const at = (found?.target ?? targets[0]!).fn.name;
  const sent = `${what} is sent in ${at}()`;
  if (!found) return { sentence: `${sent}, and nothing that was tried comes to do it.`, patches: [] };
  const { fn, test, value } = found.blocker;
  const takes = `\`${test}\`${fn === at ? '' : ` in ${fn}()`} to be ${!value}`;
  const sentence = `${sent}, which takes ${takes}; in all that was explored it was ${value}.`;
  return { sentence, blocker: found.blocker, patches: [] };
}

/** Explore all that the space has of a kernel, and look for a shortest program that leads to the goal. */
export function* howTo(space: Space, kernel: Kernel, goal: Goal): Generator<WorkProgress, HowTo> {
  const explored: Explored[] = [];
  for (const { part, transitions, guess } of space.parts) {
    const met: Met = new Map();
    // The region counts even where nothing asks for it.
    const hints = { explorer: noting(met), guess, columns: [columnOf(goal.region)] };
    const work = reach(transitions, space.indexOf(kernel), hints);
    let next = work.next();
    for (; !next.done; next = work.next())
      yield { kernel: kernel.id, done: explored.length, of: space.parts.length, ...next.value };
    explored.push({ part, transitions, reached: next.value, met });
  }
  const after = explored.map((one) => between(one, goal));
  const within = explored.map((one) => inside(one, goal));
  return (
    shortest(after, (story) => show(kernel, goal, story, 'between')) ??
    shortest(within, (story) => show(kernel, goal, story, 'inside')) ?? {
      kind: 'never',
      why: whyNever(goal, kernel, explored),
    }
  );
}
