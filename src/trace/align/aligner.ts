import type { Kernel } from '#kvm/kernel.ts';
import type { Vocabulary } from '#program/conformance/compare.ts';
import type { AlignedStep, Alignment, Finding, Verdict } from '../questions.ts';
import type { Seen, SeenEvent } from '../seen.ts';
import { ioctlEntries } from '#program/conformance/from-trace.ts';
import { Course } from './course.ts';
import { Cutter } from './cutter.ts';
import { engineOf, type Engine } from './engine.ts';
import type { Episode } from './episode.ts';
import { tracepointsOf } from './event-words.ts';
import { Fingerprint } from './fingerprint.ts';
import { VcpuAligner, type StepHeld } from './vcpu-aligner.ts';

/** Impossible steps that an alignment lists; all are counted. */
const mismatchLimit = 100;
const findingLimit = 100;

const ioctls: ReadonlySet<string> = new Set(Object.values(ioctlEntries));

/** Cuts a recording into the episodes of its vCPUs. `lost`: what follows begins anew, on every vCPU. */
export class Episodes {
  private readonly cutters = new Map<number, Cutter>();
  private index = 0;
  private readonly asks: (name: string) => boolean;
  private readonly done: (episode: Episode) => void;

  constructor(asks: (name: string) => boolean, done: (episode: Episode) => void) {
    this.asks = asks;
    this.done = done;
  }

  /** Events so far. */
  get events(): number {
    return this.index;
  }

  push(seen: Seen): void {
    if (seen.kind === 'lost') this.end();
    if (seen.kind !== 'event' && seen.kind !== 'enter' && seen.kind !== 'leave') return;
    if (seen.vcpu !== undefined) this.cutterOf(seen.vcpu).push(seen, this.index);
    if (seen.kind === 'event') this.index += 1;
  }

  end(): void {
    for (const cutter of this.cutters.values()) cutter.end(this.index);
  }

  private cutterOf(vcpu: number): Cutter {
    let cutter = this.cutters.get(vcpu);
    if (!cutter) {
      cutter = new Cutter(vcpu, { asks: this.asks, ioctls, done: this.done });
      this.cutters.set(vcpu, cutter);
    }
    return cutter;
  }
}

/** Holds a recording against one kernel, event after event. `onStep` hears of each step once it is settled. */
export class Aligner {
  private readonly engine: Engine;
  private readonly episodes: Episodes;
  private readonly vcpus = new Map<number, VcpuAligner>();
  private readonly seen = new Set<string>();
  private readonly unmodelled = new Map<string, number>();
  private readonly events: Record<Verdict, number> = { explained: 0, unexplained: 0, impossible: 0 };
  private readonly mismatches: AlignedStep[] = [];
  private readonly findings: Finding[] = [];
  private readonly fingerprint = new Fingerprint((finding) => {
    if (this.findings.length < findingLimit) this.findings.push(finding);
  });
  private steps = 0;
  private assumed = 0;
  private impossible = 0;
  private undecided = 0;
  private readonly course = new Course();
  private readonly onStep: (held: StepHeld) => void;

  constructor(kernel: Kernel, vocabulary: Vocabulary, onStep: (held: StepHeld) => void = () => {}) {
    this.engine = engineOf(kernel, vocabulary);
    this.onStep = onStep;
    const names = tracepointsOf(kernel);
    const asks = (name: string): boolean => names.has(name) || name === 'kvm_nested_intercepts';
    this.episodes = new Episodes(asks, (episode) => this.vcpuOf(episode.vcpu).push(episode));
  }

  push(seen: Seen): void {
    if (seen.kind === 'event') this.event(seen);
    if (seen.kind === 'lost') this.fingerprint.lost();
    this.episodes.push(seen);
    if (seen.kind === 'lost') for (const vcpu of this.vcpus.values()) vcpu.restart();
  }

  private event(seen: SeenEvent): void {
    this.seen.add(seen.name);
    this.fingerprint.push(seen, this.episodes.events);
    if (seen.vcpu !== undefined) return;
    this.events.unexplained += 1;
    this.count(seen.name, 1);
  }

  private vcpuOf(vcpu: number): VcpuAligner {
    let aligner = this.vcpus.get(vcpu);
    if (!aligner) {
      aligner = new VcpuAligner(this.engine, this.seen, (held) => this.settled(held));
      this.vcpus.set(vcpu, aligner);
    }
    return aligner;
  }

  private count(what: string, events: number): void {
    this.unmodelled.set(what, (this.unmodelled.get(what) ?? 0) + events);
  }

  private settled(held: StepHeld): void {
    const { step, question, undecided } = held;
    const { episode } = question;
    this.steps += 1;
    this.assumed += step.assumed.length;
    this.events[step.verdict] += episode.count;
    this.course.push(step);
    if (undecided) this.undecided += 1;
    else if (step.verdict === 'unexplained') this.count(episode.exit?.reason ?? 'KVM_RUN', episode.count);
    if (step.verdict === 'impossible') {
      this.impossible += 1;
      if (this.mismatches.length < mismatchLimit) this.mismatches.push(step);
    }
    this.onStep(held);
  }

  /** Two kernels that go through the same steps have the same. */
  get digest(): string {
    return this.course.digest;
  }

  finish(): Alignment {
    this.episodes.end();
    for (const vcpu of this.vcpus.values()) vcpu.restart();
    return {
      kernel: this.engine.kernel.id,
      steps: this.steps,
      events: { ...this.events },
      assumed: this.assumed,
      mismatches: this.mismatches,
      impossible: this.impossible,
      undecided: this.undecided,
      unmodelled: [...this.unmodelled]
        .map(([what, count]) => ({ what, count }))
        .toSorted((left, right) => right.count - left.count),
      findings: this.findings,
    };
  }
}
