import type { Kernel } from '#kvm/kernel.ts';
import type { Invariant } from '#program/invariants.ts';
import type { Part } from './bounds.ts';
import { reach, type Explorer, type Progress, type Reached, type WorkProgress } from './reach.ts';
import type { Space } from './space.ts';
import type { Judgement, Transition } from './transitions.ts';
import { candidateLimit, shorterFirst, storyOf, type Story } from './ways.ts';
import { tell, type Witness } from './witness.ts';

/** How an invariant fares on a kernel. */
export interface InvariantVerdict {
  readonly id: string;
  readonly statement: string;
  readonly source: string;
  readonly verdict: 'holds' | 'broken' | 'not-applicable';
  /** Why it is not applicable. */
  readonly why?: string;
  /** The shortest program that breaks it. */
  readonly witness?: Witness;
}

export interface KernelVerdict {
  readonly kernel: string;
  readonly states: number;
  readonly transitions: number;
  /** Bytes that the states of the largest part occupied. */
  readonly memory: number;
  readonly invariants: readonly InvariantVerdict[];
}

/** Collects what breaks which invariant, the shortest stories first. */
class Collector implements Explorer {
  asked = 0;
  private found: { readonly bits: number; readonly from: number; readonly operation: number | undefined }[] =
    [];
  private counts: number[] = [];

  restart(): void {
    this.asked = 0;
    this.found = [];
    this.counts = [];
  }

  transition(from: number, operation: number, { verdicts }: Transition): void {
    this.asked |= verdicts.asked;
    if (verdicts.broken !== 0) this.note(verdicts.broken, from, operation);
  }

  state(state: number, { verdicts }: Judgement): void {
    this.asked |= verdicts.asked;
    if (verdicts.broken !== 0) this.note(verdicts.broken, state, undefined);
  }

  private note(broken: number, from: number, operation: number | undefined): void {
    let wanted = 0;
    for (let bits = broken; bits !== 0; bits &= bits - 1) {
      const bit = 31 - Math.clz32(bits & -bits);
      this.counts[bit] = (this.counts[bit] ?? 0) + 1;
      if (this.counts[bit] <= candidateLimit) wanted |= 1 << bit;
    }
    if (wanted !== 0) this.found.push({ bits: wanted, from, operation });
  }

  /** The stories that break an invariant. A program whose start breaks it shows that with its first operation. */
  candidates(bit: number, part: Part, { way }: Reached): readonly Story[] {
    return this.found
      .filter(({ bits }) => (bits & (1 << bit)) !== 0)
      .map(({ from, operation }) => storyOf(part, way, from, operation))
      .filter(({ operations }) => operations.length > 0);
  }
}

/** Exploration writes the code as it goes; a program cannot be other code the second time that it is run. */
const untold = 'it is broken only where code is other code when it is run again, which no program shows';

/** What a kernel's exploration has come to, part by part. */
class Tally {
  states = 0;
  transitions = 0;
  memory = 0;
  asked = 0;
  private readonly found: Story[][];
  private readonly asking: readonly Invariant[];

  constructor(asking: readonly Invariant[]) {
    this.asking = asking;
    this.found = asking.map(() => []);
  }

  add(part: Part, reached: Reached, collector: Collector): void {
    this.states += reached.states;
    this.transitions += reached.transitions;
    this.memory = Math.max(this.memory, reached.memory);
    this.asked |= collector.asked;
    for (const [bit, list] of this.found.entries()) list.push(...collector.candidates(bit, part, reached));
  }

  verdictOn(kernel: Kernel): KernelVerdict {
    const { states, transitions, memory } = this;
    const verdicts = this.asking.map((_, bit) => this.verdict(kernel, bit));
    return { kernel: kernel.id, states, transitions, memory, invariants: verdicts };
  }

  private verdict(kernel: Kernel, bit: number): InvariantVerdict {
    const asked = this.asking[bit]!;
    const { id, statement, source, notModelled } = asked;
    const about = { id, statement, source };
    if (notModelled !== undefined) return { ...about, verdict: 'not-applicable', why: notModelled };
    const sorted = this.found[bit]!.toSorted(shorterFirst);
    for (const story of sorted) {
      const witness = witnessOf(kernel, asked, story);
      if (witness) return { ...about, verdict: 'broken', witness };
    }
    if (sorted.length > 0) return { ...about, verdict: 'not-applicable', why: untold };
    if ((this.asked & (1 << bit)) !== 0) return { ...about, verdict: 'holds' };
    return { ...about, verdict: 'not-applicable', why: 'nothing that it asks about was ever reached' };
  }
}

/** The program of a story, if it breaks the invariant with its last operation. */
function witnessOf(kernel: Kernel, asked: Invariant, story: Story): Witness | undefined {
  const title = `${asked.id} is broken on ${kernel.id}: ${asked.statement}`;
  const told = tell(kernel, story, title, [asked]);
  return told?.last.violations.includes(asked.id) ? { program: told.program, step: told.step } : undefined;
}

/** What was explored before, and what is being explored. */
export function together(before: Progress, now: Progress): Progress {
  return { states: before.states + now.states, transitions: before.transitions + now.transitions };
}

/** Hold kernels of a space against its invariants: explore every part for each. Yields now and then. */
export function* check(
  space: Space,
  kernels: readonly Kernel[],
): Generator<WorkProgress, readonly KernelVerdict[]> {
  const tallies = kernels.map(() => new Tally(space.asked));
  const of = kernels.length * space.parts.length;
  const before = { states: 0, transitions: 0 };
  let done = 0;
  for (const known of space.parts) {
    for (const [index, kernel] of kernels.entries()) {
      const collector = new Collector();
      const hints = { explorer: collector, guess: known.guess };
      const work = reach(known.transitions, space.indexOf(kernel), hints);
      let next = work.next();
      for (; !next.done; next = work.next())
        yield { kernel: kernel.id, done, of, ...together(before, next.value) };
      known.guess = next.value.liveness;
      tallies[index]!.add(known.part, next.value, collector);
      Object.assign(before, together(before, next.value));
      done += 1;
    }
  }
  return kernels.map((kernel, index) => tallies[index]!.verdictOn(kernel));
}
