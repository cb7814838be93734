import { stateIndex } from '#machine/facts.ts';
import type { Context as GuestContext } from '#program/types.ts';
import type { AlignedStep, Verdict } from '../questions.ts';
import { beliefLimit, toldBy, type Belief } from './belief.ts';
import type { Candidate } from './candidates.ts';
import type { Engine } from './engine.ts';
import type { Answer } from './memory.ts';
import { opOf } from './engine.ts';
import type { Episode } from './episode.ts';
import { columnOf } from './partial-state.ts';
import { Context, type Question } from './question.ts';
import { Window } from './window.ts';

/** A step with what it was concluded from. */
export interface StepHeld {
  readonly step: AlignedStep;
  readonly question: Question;
  /** What was possible before and after; undefined before the recording tells where the vCPU is. */
  readonly before: Belief | undefined;
  readonly after: Belief | undefined;
  /** There were too many possibilities to tell whether it is impossible. */
  readonly undecided: boolean;
}

type Draft = { -readonly [Key in keyof StepHeld]: StepHeld[Key] };

/** Holds the episodes of one vCPU against one kernel. */
export class VcpuAligner {
  private belief: Belief | undefined;
  private window: Window | undefined;
  /** Steps that may still change, since userspace may have done something before them. */
  private held: Draft[] = [];
  private count = 0;
  private calls = false;
  private readonly context: Context;
  private readonly engine: Engine;
  private readonly onStep: (held: StepHeld) => void;

  constructor(engine: Engine, seen: Set<string>, onStep: (held: StepHeld) => void) {
    this.engine = engine;
    this.context = new Context(seen);
    this.onStep = onStep;
  }

  push(episode: Episode): void {
    if (episode.path) this.calls = true;
    const question = this.context.question(this.engine, episode);
    if (!this.belief && episode.kind === 'ioctl') this.belief = this.engine.seed('userspace');
    if (this.belief) this.answer(this.belief, question);
    else this.begin(question);
    if (episode.end !== 'userspace') return;
    this.flush();
    if (this.belief) this.window = new Window(this.belief);
  }

  /** Something is missing in the recording: what follows begins anew. */
  restart(): void {
    this.flush();
    this.window = undefined;
    this.belief = undefined;
  }

  flush(): void {
    for (const one of this.held) this.onStep(one);
    this.held = [];
  }

  private begin(question: Question): void {
    const { end } = question.episode;
    this.belief = end === 'open' ? undefined : this.engine.seed(end === 'entry' ? 'guest' : 'userspace');
    this.hold(question, undefined, 'unexplained', 'what came before was not recorded');
  }

  private answer(before: Belief, question: Question): void {
    this.window?.push(question);
    const answer = this.engine.answer(before, question);
    if (answer.belief.hypotheses.length > 0) return this.accept(before, question, answer);
    const assumption = this.window?.assume(this.engine, this.calls);
    if (!assumption) return this.refuse(before, question);
    const answers = assumption.answers;
    this.hold(question, before, 'explained', '');
    // The steps since userspace had the vCPU are told anew, with what it did before the first of them.
    for (const [index, held] of this.held.entries()) {
      const told = answers[index]!;
      const from = index === 0 ? held.before : answers[index - 1]!.belief;
      const explained = this.explained(held.step, from, held.question, told);
      const unseen = index === 0 ? assumption.ops : [];
      const step = { ...explained, assumed: [...unseen, ...explained.assumed] };
      Object.assign(held, { step, before: from, after: told.belief });
    }
    this.belief = answers.at(-1)!.belief;
    this.window = undefined;
  }

  private accept(before: Belief, question: Question, answer: Answer): void {
    this.belief = question.episode.end === 'open' ? this.reseeded(answer.belief, question) : answer.belief;
    const held = this.hold(question, before, 'explained', '');
    held.after = answer.belief;
    held.step = this.explained(held.step, before, question, answer);
  }

  /** Where the recording does not show the end of an episode, the vCPU may have gone anywhere since. */
  private reseeded(before: Belief, _question: Question): Belief {
    return this.engine.seed('guest', before);
  }

  private refuse(before: Belief, question: Question): void {
    const { episode } = question;
    const anew = this.engine.afresh(question, before);
    const canBe = anew.belief.hypotheses.length > 0;
    const limit = this.limitOf(before, anew);
    const searched = this.window?.searched ?? 0;
    this.window?.giveUp();
    this.belief =
      canBe && episode.end !== 'open'
        ? anew.belief
        : this.engine.seed(
            episode.end === 'userspace' || episode.end === 'return' ? 'userspace' : 'guest',
            before,
          );
    if (limit !== undefined) {
      const held = this.hold(question, before, 'unexplained', `too many possibilities to decide: ${limit}`);
      held.after = this.belief;
      held.undecided = true;
      return;
    }
    const held = this.hold(question, before, 'impossible', this.whyNot(canBe, searched));
    const expected = this.engine.instead(before, question);
    held.after = this.belief;
    held.step = { ...held.step, recorded: question.words, expected };
  }

  /** What was not followed before an episode that is not possible; undefined where everything was. */
  private limitOf(before: Belief, anew: Answer): string | undefined {
    if (anew.belief.hypotheses.length === 0 && !anew.belief.cut) return undefined;
    if (before.cut) return `more than ${beliefLimit} states were possible before`;
    return this.window?.limit;
  }

  private whyNot(canBe: boolean, searched: number): string {
    const { id } = this.engine.kernel;
    if (!canBe) return `${id} does this in no state`;
    const unseen = searched > 0 ? `, whatever ${searched} operations of userspace stood between unseen` : '';
    return `${id} does not do this after what was recorded before${unseen}`;
  }

  private hold(question: Question, before: Belief | undefined, verdict: Verdict, why: string): Draft {
    const { vcpu, from, to, lines } = question.episode;
    const step: AlignedStep = {
      index: this.count,
      vcpu,
      from,
      to,
      lines,
      verdict,
      op: undefined,
      context: undefined,
      assumed: [],
      recorded: [],
      expected: [],
      why,
      after: this.belief ? toldBy(this.belief) : {},
    };
    this.count += 1;
    const held: Draft = { step, question, before, after: undefined, undecided: false };
    this.held.push(held);
    if (!this.window) this.flushAllBut(held);
    return held;
  }

  /** Without a window nothing changes any more, but for the step that is being made. */
  private flushAllBut(last: Draft): void {
    for (const one of this.held) if (one !== last) this.onStep(one);
    this.held = [last];
  }

  private explained(
    step: AlignedStep,
    before: Belief | undefined,
    question: Question,
    { belief, candidates }: Answer,
  ): AlignedStep {
    const own = candidates.every((one) => one?.kind === 'own' || one?.kind === 'back');
    const made = candidates.find((one) => one?.kind === 'operation');
    return {
      ...step,
      verdict: own ? 'unexplained' : 'explained',
      op: made?.op,
      assumed: made?.first ?? [],
      context: contextBefore(before, question.episode),
      why: own ? unmodelledWords(question.episode) : whyOf(candidates, belief),
      after: toldBy(belief),
    };
  }
}

function unmodelledWords({ exit, kind }: Episode): string {
  if (exit) return `the model does not speak of ${exit.reason} exits`;
  return kind === 'run' ? 'KVM_RUN returned at once' : 'the model does not speak of it';
}

function whyOf(candidates: readonly (Candidate | undefined)[], belief: Belief): string {
  const cut = belief.cut ? '; there are more possibilities than were followed' : '';
  if (candidates.every((one) => one === undefined)) return `goes on with the operation before${cut}`;
  if (candidates.every((one) => opOf(one) === undefined)) return `an exception of the guest's own code${cut}`;
  return cut && `more possibilities than were followed`;
}

type ContextKnown = GuestContext | undefined;

const contexts = new WeakMap<Belief, { readonly context: ContextKnown }>();

/** In whose context the guest was; null for userspace. */
function contextBefore(before: Belief | undefined, { kind }: Episode): GuestContext | null | undefined {
  if (kind !== 'exit') return null;
  if (!before) return undefined;
  const known = contexts.get(before) ?? { context: contextOf(before) };
  contexts.set(before, known);
  return known.context;
}

/** The context on which every possibility agrees. */
function contextOf({ hypotheses }: Belief): ContextKnown {
  const inside = stateIndex('smm', 'inside');
  const l2 = stateIndex('guestMode', 'l2');
  const found = new Set(
    hypotheses.map(({ state: { values } }): GuestContext => {
      if (values[columnOf('smm')] === inside) return 'SMM';
      return values[columnOf('guestMode')] === l2 ? 'L2' : 'L1';
    }),
  );
  return found.size === 1 ? [...found][0] : undefined;
}
