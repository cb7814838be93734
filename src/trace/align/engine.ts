import type { KvmFunction } from '#kvm/ir.ts';
import type { Kernel } from '#kvm/kernel.ts';
import type { Vocabulary } from '#program/conformance/compare.ts';
import { comparable } from '#program/conformance/compare.ts';
import type { Op, UserspaceOp } from '#program/types.ts';
import { hostOptionNames } from '#program/types.ts';
import type { Belief, Hypothesis } from './belief.ts';
import { candidatesOf, type Candidate } from './candidates.ts';
import { canBegin, nearest, waysOf, type Task } from './carry-out.ts';
import type { Episode } from './episode.ts';
import { forgetUntold, learn, takeHost } from './evidence.ts';
import { loosened, type Stretch, type Wanted } from './matcher.ts';
import { copyState, isKnown, knownValue, type PartialState } from './partial-state.ts';
import { Memory, memoryLimit, type Answer, type Outcome } from './memory.ts';
import type { Question } from './question.ts';
import { seedsOf } from './seeds.ts';
import type { Learning } from './shared.ts';

const looseKinds: ReadonlySet<Candidate['kind']> = new Set(['own', 'back']);

/** Holds episodes against one kernel. What it found out once it looks up from then on. */
export class Engine {
  readonly kernel: Kernel;
  readonly vocabulary: Vocabulary;
  private readonly memory: Memory;
  private readonly answers = new Map<string, Answer>();
  private readonly seeds = new Map<string, Belief>();
  private generation = 0;

  constructor(kernel: Kernel, vocabulary: Vocabulary, memory: Memory) {
    this.kernel = kernel;
    this.vocabulary = vocabulary;
    this.memory = memory;
  }

  /** Where a recording begins, or goes on after something that could not be explained. */
  seed(at: 'guest' | 'userspace', before?: Belief): Belief {
    const host = before?.hypotheses[0]?.state;
    const shared = hostOptionNames.filter((name) =>
      before?.hypotheses.every(({ state }) => hostAgrees(state, host!, name)),
    );
    const key = `${at} ${shared.map((name) => `${name}=${host && knownValue(host, name)}`).join(' ')}`;
    let belief = this.seeds.get(key);
    if (!belief) {
      const states = seedsOf(this.kernel, at).map((state) => {
        const copy = copyState(state);
        if (host) takeHost(copy, host, shared);
        return { state: copy, rest: [] };
      });
      belief = this.memory.beliefs.belief(states);
      this.seeds.set(key, belief);
    }
    return belief;
  }

  /** The functions of a path that are compared. */
  functionsOf({ path }: Episode): readonly string[] | undefined {
    return path && comparable(path, this.vocabulary);
  }

  answer(belief: Belief, question: Question): Answer {
    this.settle();
    const key = `${belief.id} ${this.memory.numberOf(question.signature)}`;
    let answer = this.answers.get(key);
    if (!answer) {
      const { answers } = this.memory;
      answer = (answers.find(this.kernel, key) ?? answers.keep(key, this.work(belief, question))).value;
      this.answers.set(key, answer);
    }
    return answer;
  }

  private settle(): void {
    this.memory.settle();
    if (this.generation === this.memory.generation && this.answers.size <= memoryLimit) return;
    this.generation = this.memory.generation;
    this.answers.clear();
    this.seeds.clear();
  }

  private work(belief: Belief, question: Question): Learning<Answer> {
    const learnt = belief.hypotheses.map((one) => this.outcomesOf(one, question));
    const all = learnt.flatMap(({ value }) => value);
    const candidates = new Map(all.map(({ candidate }) => [JSON.stringify(candidate) ?? '', candidate]));
    const to = this.memory.beliefs.belief(
      all.map((one) => one.to),
      belief.cut,
    );
    return {
      value: { belief: to, candidates: [...candidates.values()] },
      functions: new Set(learnt.flatMap(({ functions }) => [...functions])),
    };
  }

  private outcomesOf(from: Hypothesis, question: Question): Learning<readonly Outcome[]> {
    const { outcomes } = this.memory;
    const key = `${from.id} ${this.memory.numberOf(question.signature)}`;
    const known = outcomes.find(this.kernel, key);
    if (known) return known;
    const functions = new Set<KvmFunction>();
    return outcomes.keep(key, { value: [...this.outcomesFrom(from, question, functions)], functions });
  }

  private *outcomesFrom(from: Hypothesis, question: Question, entered: Set<KvmFunction>): Generator<Outcome> {
    const { beliefs } = this.memory;
    if (from.rest.length > 0) {
      if (fits(from.rest[0]!, question))
        yield {
          to: beliefs.hypothesis({ state: from.state, rest: from.rest.slice(1) }),
          candidate: undefined,
        };
      else if (isBetween(from.rest[0]!, question)) yield { to: from, candidate: between };
      return;
    }
    const state = begun(from.state, question.episode);
    for (const candidate of candidatesOf(question.episode)) {
      for (const way of waysOf(this.task(candidate, question, entered), state))
        yield { to: beliefs.hypothesis(way), candidate };
    }
  }

  /** The same after one of these operations of userspace, which nobody saw. */
  assume(belief: Belief, ops: readonly UserspaceOp[]): Belief {
    const { assumptions } = this.memory;
    const key = `${belief.id} ${this.memory.numberOf(JSON.stringify(ops))}`;
    const known = assumptions.find(this.kernel, key);
    return (known ?? assumptions.keep(key, this.assumption(belief, ops))).value;
  }

  private assumption(belief: Belief, ops: readonly UserspaceOp[]): Learning<Belief> {
    const functions = new Set<KvmFunction>();
    const tasks = ops.map((op) => this.unseen(op, functions));
    const states = belief.hypotheses
      .filter(({ rest }) => rest.length === 0)
      .flatMap(({ state }) => tasks.flatMap((task) => [...waysOf(task, state)]));
    return { value: this.memory.beliefs.belief(states, belief.cut), functions };
  }

  private unseen(op: UserspaceOp, entered: Set<KvmFunction>): Task {
    const wanted: Wanted = {
      words: [],
      functions: undefined,
      open: true,
      strict: false,
      traced: () => false,
    };
    const { kernel, vocabulary } = this;
    return { kernel, vocabulary, candidate: { kind: 'operation', op }, wanted, goesOn: undefined, entered };
  }

  /** Whether any state at all in which a recording could begin, on the same host, leads to this. */
  canBe(question: Question, before: Belief): boolean {
    this.settle();
    return this.seedFor(question, before).hypotheses.some(
      (one) => this.outcomesOf(one, question).value.length > 0,
    );
  }

  /** What is possible after an episode for which the recording before it does not count. */
  afresh(question: Question, before: Belief): Answer {
    return this.answer(this.seedFor(question, before), question);
  }

  private seedFor({ episode }: Question, before: Belief): Belief {
    return this.seed(episode.kind === 'exit' ? 'guest' : 'userspace', before);
  }

  private task(
    candidate: Candidate,
    { words, functions, episode, traced, goesOn }: Question,
    entered: Set<KvmFunction>,
  ): Task {
    const strict = !looseKinds.has(candidate.kind);
    return {
      kernel: this.kernel,
      vocabulary: this.vocabulary,
      candidate,
      wanted: {
        words: strict ? words : loosened(words),
        functions: strict ? functions : undefined,
        open: episode.end === 'open',
        strict,
        traced,
      },
      goesOn: strict ? goesOn : undefined,
      entered,
    };
  }

  /** What the model does instead: the way that agrees longest with what was recorded. */
  instead(belief: Belief, question: Question): readonly string[] {
    const { told } = this.memory;
    const key = `${belief.id} ${this.memory.numberOf(question.signature)}`;
    return (told.find(this.kernel, key) ?? told.keep(key, this.nearestTo(belief, question))).value;
  }

  private nearestTo(belief: Belief, question: Question): Learning<readonly string[]> {
    let best: { agreed: number; told: readonly string[] } = { agreed: -1, told: [] };
    const functions = new Set<KvmFunction>();
    for (const { state, rest } of belief.hypotheses.slice(0, insteadLimit)) {
      if (rest.length > 0) {
        if (best.agreed < 0) best = { agreed: 0, told: rest[0]!.words };
        continue;
      }
      for (const candidate of candidatesOf(question.episode)) {
        const task = this.task(candidate, question, functions);
        const from = begun(state, question.episode);
        if (!canBegin(task, from)) continue;
        const one = nearest(task, from);
        if (one.agreed > best.agreed) best = one;
      }
    }
    return { value: best.told, functions };
  }
}

/** Hypotheses that are asked what the model does instead. */
const insteadLimit = 8;

const memories = new WeakMap<Vocabulary, Memory>();
const engines = new WeakMap<Kernel, Engine>();

/** The engine of a kernel. What one recording, or another kernel, taught it serves the next. */
export function engineOf(kernel: Kernel, vocabulary: Vocabulary): Engine {
  const known = engines.get(kernel);
  if (known?.vocabulary === vocabulary) return known;
  const memory = memories.get(vocabulary) ?? new Memory();
  memories.set(vocabulary, memory);
  const engine = new Engine(kernel, vocabulary, memory);
  engines.set(kernel, engine);
  return engine;
}

/** Whether one state knows of an option what the other knows. */
const hostAgrees = (
  one: PartialState,
  other: PartialState,
  name: (typeof hostOptionNames)[number],
): boolean => !isKnown(other, name) || knownValue(one, name) === knownValue(other, name);

function begun(from: PartialState, episode: Episode): PartialState {
  const state = copyState(from);
  if (episode.kind === 'exit') {
    forgetUntold(state);
    learn(state, episode);
  }
  return state;
}

/** Whether what the model does by itself is what was recorded. */
function fits({ words, functions }: Stretch, question: Question): boolean {
  const wanted = question.words;
  const open = question.episode.end === 'open';
  if (words.length < wanted.length || (!open && words.length > wanted.length)) return false;
  if (!wanted.every((word, at) => word === words[at])) return false;
  if (!question.functions || !functions || open) return true;
  return (
    question.functions.length === functions.length &&
    functions.every((one, at) => one === question.functions![at])
  );
}

const between: Candidate = { kind: 'own', inject: undefined, smi: false, toUserspace: false };

const isNestedExit = (word: string): boolean => word.startsWith('kvm_nested_vmexit ');

/** Whether the episode is an exit of the host's own, in the midst of what the model does by itself. */
function isBetween({ words }: Stretch, { episode, words: recorded }: Question): boolean {
  const own = candidatesOf(episode).some((one) => one.kind === 'own' && one.inject === undefined);
  return own && episode.end === 'entry' && words.some(isNestedExit) === recorded.some(isNestedExit);
}

/** What an operation was, where a candidate is one. */
export function opOf(candidate: Candidate | undefined): Op | undefined {
  return candidate?.kind === 'operation' ? candidate.op : undefined;
}
