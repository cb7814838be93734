import { fail, ok, type Result } from '#base/result.ts';
import type { Kernel } from '#kvm/kernel.ts';
import vocabulary from '#program/conformance/vocabulary.json';
import { alignAll } from '#trace/align/rank.ts';
import { eventReplayer } from '#trace/event-replayer.ts';
import { readRecording } from '#trace/index/read-recording.ts';
import type { Ranking, RecordingSummary } from '#trace/questions.ts';
import { readSeen } from '#trace/read-seen.ts';
import type { ByteSource } from '#trace/source.ts';
import { fileSource } from './recording-source.ts';

/** A recording held against the model: `svmscope/replay@1`. */
export interface Replay extends Ranking {
  readonly format: 'svmscope/replay@1';
  readonly recording: RecordingSummary;
}

const never = { aborted: false } as const;

/** Hold a recording of a file against kernels; `-` is standard input. One line says why where it cannot be read. */
export async function replayFile(file: string, kernels: readonly Kernel[]): Promise<Result<Replay, string>> {
  try {
    const { source, close } = await fileSource(file);
    try {
      return ok(await replaySource(source, kernels));
    } finally {
      close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    return fail(`${file}: ${code ?? (error instanceof Error ? error.message : String(error))}`);
  }
}

/** The same of any bytes. Throws what reading them throws. */
export async function replaySource(source: ByteSource, kernels: readonly Kernel[]): Promise<Replay> {
  const index = await readRecording(source, eventReplayer, never, () => undefined);
  if (!index) throw new Error('it was not read to its end');
  if (index.summary.events === 0) throw new Error('no event of kvm in it');
  const ranking = await alignAll(readSeen(source), kernels, vocabulary);
  return { format: 'svmscope/replay@1', recording: index.summary, ...ranking };
}
