import type { ByteSource } from '#trace/source.ts';
import type { ReadProgress, Stop } from '#trace/questions.ts';
import type { FromReader, ReadRecording, ToReader } from './recording-messages.ts';

/** Least time between two reports of how far something is, in milliseconds. */
const reportEvery = 100;

export interface DeskOptions {
  readonly tell: (message: FromReader) => void;
  readonly sourceOf: (file: File) => Promise<ByteSource>;
  /** Read a recording; undefined where it was stopped. Rejects with a message for the visitor. */
  readonly read: (
    source: ByteSource,
    stop: Stop,
    onProgress: (far: ReadProgress) => void,
  ) => Promise<ReadRecording | undefined>;
  /** In milliseconds. */
  readonly now: () => number;
}

type Question = (...args: readonly unknown[]) => Promise<unknown>;

/** The worker's side of a page's recordings: reads them, keeps them, answers. */
export class RecordingDesk {
  private readonly recordings = new Map<number, ReadRecording>();
  private readonly controls = new Map<number, AbortController>();

  private readonly options: DeskOptions;

  constructor(options: DeskOptions) {
    this.options = options;
  }

  hear(message: ToReader): void {
    if ('cancel' in message) this.controls.get(message.id)?.abort();
    else if ('close' in message) this.recordings.delete(message.id);
    else void this.answer(message);
  }

  private async answer(message: Exclude<ToReader, { cancel: true } | { close: true }>): Promise<void> {
    const { id } = message;
    const control = new AbortController();
    this.controls.set(id, control);
    const onProgress = this.reports(id);
    try {
      const value =
        'open' in message
          ? await this.open(id, message.open, control.signal, onProgress)
          : await this.ask(message, control.signal, onProgress);
      if (!control.signal.aborted) this.options.tell({ id, kind: 'done', value });
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      if (!control.signal.aborted) this.options.tell({ id, kind: 'failed', message: said });
    } finally {
      this.controls.delete(id);
    }
  }

  private async open(
    id: number,
    file: File,
    stop: AbortSignal,
    onProgress: (far: ReadProgress) => void,
  ): Promise<unknown> {
    const { sourceOf, read } = this.options;
    const recording = await read(await sourceOf(file), stop, onProgress);
    if (recording && !stop.aborted) this.recordings.set(id, recording);
    return recording?.summary;
  }

  private ask(
    { recording, what, args }: Extract<ToReader, { what: unknown }>,
    stop: Stop,
    onProgress: (far: ReadProgress) => void,
  ): Promise<unknown> {
    const asked = this.recordings.get(recording);
    if (!asked) throw new Error('the recording has been closed');
    const question = asked[what] as Question | undefined;
    if (!question) throw new Error(`${what}: nothing here answers that`);
    // Who cannot be stopped takes no notice of what follows the arguments.
    return question.call(asked, ...args, stop, onProgress);
  }

  /** Tell how far something is, but not too often. */
  private reports(id: number): (far: ReadProgress) => void {
    const { now, tell } = this.options;
    let last = -Infinity;
    return (far) => {
      const at = now();
      if (at - last < reportEvery) return;
      last = at;
      tell({ id, kind: 'progress', far });
    };
  }
}
