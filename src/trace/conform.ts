import { fail, type Result } from '#base/result.ts';
import type { Kernel } from '#kvm/kernel.ts';
import type { Vocabulary } from '#program/conformance/compare.ts';
import type { ProgramProblem } from '#program/problem.ts';
import { start, step as stepOf, type StepRun } from '#program/runner.ts';
import { hostOptionNames, type Program } from '#program/types.ts';
import { Aligner } from './align/aligner.ts';
import type { StepHeld } from './align/vcpu-aligner.ts';
import type { ReadProgress, Stop, TakenProgram, Told, TreeRow } from './questions.ts';
import { readSeen } from './read-seen.ts';
import type { SeenCall } from './seen.ts';
import type { ByteSource } from './source.ts';
import { takeProgram, type Stretch } from './take.ts';
import { modelCalls, recordedCalls, treeDifferences, treeRows } from './tree.ts';

/** Questions about a recording and the model. Each reads the recording anew: nothing of it is kept. */

/** Where a recording lies, and which functions are compared. */
export interface Recorded {
  readonly source: ByteSource;
  readonly vocabulary: Vocabulary;
}

/** Whoever asked is told as often as the reader reads. */
export interface Asked {
  readonly stop?: Stop;
  readonly onProgress?: (far: ReadProgress) => void;
}

/** The steps of a vCPU that have an event in a stretch, with what each was concluded from. */
export async function stepsWith(
  { source, vocabulary }: Recorded,
  kernel: Kernel,
  wanted: (held: StepHeld) => boolean,
  { stop, onProgress }: Asked = {},
): Promise<readonly StepHeld[]> {
  const found: StepHeld[] = [];
  const aligner = new Aligner(kernel, vocabulary, (held) => {
    if (wanted(held)) found.push(held);
  });
  for await (const batch of readSeen(source, stop, onProgress)) for (const seen of batch) aligner.push(seen);
  aligner.finish();
  return found;
}

/** Whether a step has an event from there up to and without `to`. */
export const within =
  (vcpu: number, from: number, to: number) =>
  ({ step }: StepHeld): boolean =>
    step.vcpu === vcpu && step.from < to && step.to > from;

/** Steps of a stretch as a program is written from them. */
function stretchOf(kernel: Kernel, title: string, held: readonly StepHeld[], before: Told): Stretch {
  const steps = held.map(({ step, question }) => ({ step, events: question.episode.events }));
  return { kernel, title, before, steps };
}

/** A stretch of events as a program. */
export async function programWith(
  recorded: Recorded,
  kernel: Kernel,
  [vcpu, from, to]: readonly [vcpu: number, from: number, to: number],
  asked: Asked = {},
): Promise<Result<TakenProgram, ProgramProblem>> {
  let before: Told = {};
  const is = within(vcpu, from, to);
  const held = await stepsWith(
    recorded,
    kernel,
    (one) => {
      if (one.step.vcpu === vcpu && one.step.to <= from) before = one.step.after;
      return is(one);
    },
    asked,
  );
  const [first] = held;
  if (!first) return fail({ path: 'stretch', message: `no step of vCPU ${vcpu} has an event in it` });
  const title = `${recorded.source.name}, line ${first.step.lines[0]} on`;
  return takeProgram(stretchOf(kernel, title, held, before));
}

/** Steps before the one that is asked for from which its state is made. */
const leadSteps = 40;

/** The recorded calls of a step beside the model's; empty where none were recorded. */
export async function treeWith(
  recorded: Recorded,
  kernel: Kernel,
  [vcpu, index]: readonly [vcpu: number, index: number],
): Promise<readonly TreeRow[]> {
  const held = await stepsWith(
    recorded,
    kernel,
    ({ step }) => step.vcpu === vcpu && step.index <= index && step.index >= index - leadSteps,
  );
  const last = held.at(-1);
  if (last?.step.index !== index) return [];
  const calls = recordedCalls(await callsWithin(recorded.source, vcpu, last.step.lines));
  if (calls.length === 0) return [];
  const program = leadingTo(kernel, held);
  if (!program) return treeRows(calls, [], kernel, recorded.vocabulary);
  // Events do not tell every option of the host, and the functions that ran depend on it: what fits best is shown.
  const trees = hostsOf(program).map(({ program: one, words }) => ({
    words,
    rows: treeRows(calls, modelCalls(lastCalls(kernel, one)), kernel, recorded.vocabulary),
  }));
  const wrong = trees.map(({ rows }) => treeDifferences(rows).length);
  const { rows, words } = trees[wrong.indexOf(Math.min(...wrong))]!;
  const [first, ...others] = rows;
  return first && words !== undefined ? [{ ...first, assumedHost: words }, ...others] : rows;
}

async function callsWithin(
  source: ByteSource,
  vcpu: number,
  [first, end]: readonly [number, number],
): Promise<readonly SeenCall[]> {
  const calls: SeenCall[] = [];
  for await (const batch of readSeen(source)) {
    for (const seen of batch) {
      if (seen.line > end) return calls;
      if (seen.kind !== 'enter' && seen.kind !== 'leave') continue;
      if (seen.line >= first && seen.vcpu === vcpu) calls.push(seen);
    }
  }
  return calls;
}

/** A program whose last operation is that of the last step: of all steps, or of the last alone where that parts. */
function leadingTo(kernel: Kernel, held: readonly StepHeld[]): Program | undefined {
  const made = [0, held.length - 1].map((from) =>
    takeProgram(stretchOf(kernel, '', held.slice(from), held[from - 1]?.step.after ?? {})),
  );
  const found = made.find((one) => one.ok && one.value.same) ?? made.at(-1);
  return found?.ok ? found.value.program : undefined;
}

/** A program on a host, and in words what is other there than in the program that was asked about. */
interface OnHost {
  readonly program: Program;
  readonly words: string | undefined;
}

/** The program, and it on a host with one other option. */
const hostsOf = (program: Program): readonly OnHost[] => [
  { program, words: undefined },
  ...hostOptionNames.map((name) => ({
    program: { ...program, host: { ...program.host, [name]: !program.host[name] } },
    words: `${name} ${program.host[name] ? 'off' : 'on'}`,
  })),
];

/** What ran in the last operation of a program. */
function lastCalls(kernel: Kernel, program: Program): StepRun['calls'] {
  let calls: StepRun['calls'] = [];
  for (let run = stepOf(start(kernel, program, [])); run; run = stepOf(run.state)) ({ calls } = run);
  return calls;
}
