import type { Result } from '#base/result.ts';
import type { Kernel } from '#kvm/kernel.ts';
import { kernel as kernelOf } from '#kvm/kernels.ts';
import vocabulary from '#program/conformance/vocabulary.json';
import type { ProgramProblem } from '#program/problem.ts';
import { StepsOfKernels } from './align/kept-steps.ts';
import { alignAll } from './align/rank.ts';
import { eventReplayer } from './event-replayer.ts';
import { EventQuestions } from './event-questions.ts';
import { findingsIn } from './findings.ts';
import { readRecording } from './index/read-recording.ts';
import type { RecordingIndex } from './index/recording-index.ts';
import { programWith, stepsWith, treeWith, within, type Recorded } from './conform.ts';
import type {
  AlignedStep,
  Alignment,
  Findings,
  Ranking,
  ReadProgress,
  RecordingQuestions,
  Stop,
  TakenProgram,
  TreeRow,
} from './questions.ts';
import { readSeen } from './read-seen.ts';
import type { ByteSource } from './source.ts';

function built(id: string): Kernel {
  const found = kernelOf(id);
  if (!found.ok) throw new Error(found.error);
  return found.value;
}

type Pause = () => Promise<void>;
type Progress = (far: ReadProgress) => void;

/** Answers from the recording, and from the model that it is held against. */
class RecordingAnswers extends EventQuestions implements RecordingQuestions {
  private readonly recorded: Recorded;
  private readonly pause: Pause | undefined;
  private readonly kept = new StepsOfKernels();

  constructor(index: RecordingIndex, source: ByteSource, pause: Pause | undefined) {
    super(index);
    this.recorded = { source, vocabulary };
    this.pause = pause;
  }

  findings(stop: Stop, onProgress: Progress): Promise<Findings> {
    return findingsIn(this.recorded.source, stop, onProgress);
  }

  async align(id: string, stop: Stop, onProgress: Progress): Promise<Alignment> {
    const { kernels } = await this.rank([id], stop, onProgress);
    return kernels[0]!;
  }

  async rank(ids: readonly string[], stop: Stop, onProgress?: Progress): Promise<Ranking> {
    const kernels = ids.map(built);
    const steps = new Map(kernels.map((kernel) => [kernel, this.kept.room(kernels.length)]));
    const seen = readSeen(this.recorded.source, stop, onProgress);
    const ranking = await alignAll(
      seen,
      kernels,
      vocabulary,
      { stop, pause: this.pause },
      (kernel, { step }) => steps.get(kernel)!.push(step),
    );
    if (!stop.aborted) for (const [kernel, some] of steps) this.kept.keep(kernel.id, some);
    return ranking;
  }

  async steps(id: string, vcpu: number, from: number, to: number): Promise<readonly AlignedStep[]> {
    if (!this.kept.of(id)) await this.rank([id], { aborted: false });
    const kept = this.kept.of(id);
    if (kept) return kept.within(vcpu, from, to);
    const held = await stepsWith(this.recorded, built(id), within(vcpu, from, to));
    return held.map(({ step }) => step);
  }

  program(id: string, vcpu: number, from: number, to: number): Promise<Result<TakenProgram, ProgramProblem>> {
    return programWith(this.recorded, built(id), [vcpu, from, to]);
  }

  tree(id: string, vcpu: number, step: number): Promise<readonly TreeRow[]> {
    return treeWith(this.recorded, built(id), [vcpu, step]);
  }
}

/**
 * Read a recording; undefined where it was stopped. Throws what cannot be one, with a message for the visitor. `pause`
 * lets in what waits while the model works.
 */
export async function openRecording(
  source: ByteSource,
  stop: Stop,
  onProgress: (far: ReadProgress) => void,
  pause?: Pause,
): Promise<RecordingAnswers | undefined> {
  const index = await readRecording(source, eventReplayer, stop, onProgress);
  return index && new RecordingAnswers(index, source, pause);
}
