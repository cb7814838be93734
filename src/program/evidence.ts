import { Interpreter } from '#kvm/interpreter.ts';
import type { Kernel } from '#kvm/kernel.ts';
import { ChartPort } from '#machine/chart-port.ts';
import type { VcpuEvent } from '#machine/effects.ts';
import { readFact, type FactName, type VcpuSnapshot } from '#machine/facts.ts';
import { pointerRegisters, type RegisterName } from '#machine/registers.ts';
import {
  comparable,
  parsePath,
  recordedOf,
  type RecordedCase,
  type RecordedStep,
  type Vocabulary,
} from './conformance/compare.ts';
import { operateFromUserspace, operateInGuest } from './operate.ts';
import { parseProgram } from './parse.ts';
import { nextOf, start, step, type StepRun } from './runner.ts';
import type { CodeOp, Op, UserspaceOp } from './types.ts';

/**
 * Which recorded step stands behind a step of the model. A recorded step counts where the kernel is the same, the
 * operation is the same, and every fact that the model's code read has the value that it had in the recorded run:
 * whatever else differs cannot have mattered to the path.
 */

/** A recorded step, with the vCPU that the model had before it. */
export interface RecordedMoment {
  readonly case: string;
  readonly index: number;
  readonly op: string;
  readonly before: VcpuSnapshot;
  readonly step: RecordedStep;
  /** The recorded functions in order, a dot for each level of depth; absent where they were not recorded. */
  readonly path: readonly string[] | undefined;
  /** On what it was recorded; undefined: where the shipped cases come from. */
  readonly origin: string | undefined;
}

const opKey = (op: Op): string => JSON.stringify(Object.entries(op).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** The recorded steps of one kernel, over all cases that were run on it. */
export function recordedMoments(
  kernel: Kernel,
  cases: Readonly<Record<string, RecordedCase>>,
  vocabulary: Vocabulary,
): readonly RecordedMoment[] {
  return Object.entries(cases).flatMap(([name, recorded]) => {
    if (!(kernel.id in recorded.kernels)) return [];
    const program = parseProgram(recorded.program);
    if (!program.ok) return [];
    const moments: RecordedMoment[] = [];
    let state = start(kernel, program.value);
    for (const [index, wanted] of recordedOf(recorded, kernel.id).steps.entries()) {
      const next = nextOf(state);
      const made = step(state);
      if (!made || next.kind === 'stop') break;
      const text = wanted.path === undefined ? undefined : recorded.paths[wanted.path];
      moments.push({
        case: name,
        index,
        op: opKey(next.op),
        before: state.snapshot,
        step: wanted,
        path: text === undefined ? undefined : comparable(parsePath(text), vocabulary),
        origin: recorded.origin,
      });
      state = made.state;
    }
    return moments;
  });
}

/** A port that notes which facts are read before they are written. */
class ReadingPort extends ChartPort {
  readonly facts = new Set<FactName>();

  private readonly written = new Set<FactName>();

  override read(fact: FactName): number {
    if (!this.written.has(fact)) this.facts.add(fact);
    return super.read(fact);
  }

  /** Asked before a write only: the register has the value from there on, written or not. */
  override holds(register: RegisterName, value: number): boolean {
    this.written.add(register);
    return super.holds(register, value);
  }

  override apply(event: VcpuEvent): void {
    if (event.type === 'WRITE') this.written.add(event.register);
    super.apply(event);
  }
}

/** Pointers into this program's listing: where an instruction stands does not matter to KVM. */
const pointers: ReadonlySet<FactName> = new Set(pointerRegisters);

/** The facts that the model read to carry out a step. */
function factsRead({ before, step: made }: StepRun): ReadonlySet<FactName> {
  const port = new ReadingPort(before.snapshot);
  const interpreter = new Interpreter(before.kernel, port);
  if (made.context === null) operateFromUserspace(interpreter, port, made.op as UserspaceOp);
  else operateInGuest(interpreter, port, made.op as CodeOp);
  return port.facts;
}

/** A pointer's absence matters, its place does not. */
const weighed = (snapshot: VcpuSnapshot, fact: FactName): number => {
  const value = readFact(snapshot, fact);
  return pointers.has(fact) ? Math.sign(value) : value;
};

/** A recorded step of the same operation, and the facts that the model read in which it differs. */
export interface NearMoment {
  readonly moment: RecordedMoment;
  readonly differing: readonly FactName[];
}

/** The recorded step of the same operation that differs in the fewest facts. One with a path comes first. */
export function nearestMoment(made: StepRun, moments: readonly RecordedMoment[]): NearMoment | undefined {
  const key = opKey(made.step.op);
  const candidates = moments.filter(({ op }) => op === key);
  if (candidates.length === 0) return undefined;
  const facts = [...factsRead(made)];
  return candidates
    .map((moment) => ({
      moment,
      differing: facts.filter((fact) => weighed(moment.before, fact) !== weighed(made.before.snapshot, fact)),
    }))
    .toSorted(
      (a, b) =>
        a.differing.length - b.differing.length ||
        Number(a.moment.path === undefined) - Number(b.moment.path === undefined),
    )[0];
}

/** The recorded step that stands behind a step of the model, if there is one. One with a path comes first. */
export function evidenceFor(made: StepRun, moments: readonly RecordedMoment[]): RecordedMoment | undefined {
  const nearest = nearestMoment(made, moments);
  return nearest?.differing.length === 0 ? nearest.moment : undefined;
}
