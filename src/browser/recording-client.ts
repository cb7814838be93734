import type { Result } from '#base/result.ts';
import type {
  AlignedStep,
  Alignment,
  EventQuery,
  EventRow,
  Findings,
  Overview,
  Ranking,
  ReadProgress,
  RecordingQuestions,
  RecordingSummary,
  Stop,
  TakenProgram,
  Told,
  TreeRow,
} from '#trace/questions.ts';
import type { ProgramProblem } from '#program/problem.ts';
import type { Answer, FromReader, QuestionArgs, QuestionName, ToReader } from './recording-messages.ts';

/** What of a worker is used. */
export interface ReaderPort {
  readonly postMessage: (message: ToReader) => void;
  readonly terminate: () => void;
  readonly addEventListener: {
    (type: 'message', listener: (event: { readonly data: FromReader }) => void): void;
    (type: 'error', listener: (event: { readonly message: string }) => void): void;
  };
}

type Progress = (far: ReadProgress) => void;

interface Pending {
  readonly onProgress: Progress | undefined;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

const nothing = (): void => undefined;

/** The page's side of the worker that reads recordings. */
export class RecordingReader {
  private readonly pending = new Map<number, Pending>();
  private orders = 0;
  /** It has been loaded, or cannot be. */
  readonly loaded: Promise<unknown>;

  private readonly port: ReaderPort;
  /** The worker broke; no later order is answered. */
  private readonly onBroken: (message: string) => void;

  constructor(port: ReaderPort, onBroken: (message: string) => void) {
    this.port = port;
    this.onBroken = onBroken;
    this.loaded = new Promise((resolve) => {
      port.addEventListener('message', resolve);
      port.addEventListener('error', resolve);
    });
    port.addEventListener('message', ({ data }) => this.hear(data));
    port.addEventListener('error', ({ message }) => this.fail(message || 'the reader could not start'));
  }

  /** Read a recording. Rejects with an AbortError once the signal stops it, else with a message for the visitor. */
  async open(file: File, signal: AbortSignal, onProgress: Progress): Promise<RecordingClient> {
    const { id, answer } = this.order({ open: file }, signal, onProgress);
    const summary = (await answer) as RecordingSummary;
    return new RecordingClient(summary, this, id);
  }

  async ask<Name extends QuestionName>(
    recording: number,
    what: Name,
    args: QuestionArgs<Name>,
    stop?: Stop,
    onProgress?: Progress,
  ): Promise<Answer<Name>> {
    // Only a signal says when it is stopped; who asks with something else waits for the answer.
    const signal = stop instanceof AbortSignal ? stop : undefined;
    return (await this.order({ recording, what, args }, signal, onProgress).answer) as Answer<Name>;
  }

  close(recording: number): void {
    this.tell({ id: recording, close: true });
  }

  private order(
    order: { readonly open: File } | Omit<Extract<ToReader, { what: unknown }>, 'id'>,
    signal: AbortSignal | undefined,
    onProgress: Progress | undefined,
  ): { readonly id: number; readonly answer: Promise<unknown> } {
    const id = (this.orders += 1);
    const answer = new Promise((resolve, reject) => {
      const stop = (): void => {
        if (!this.pending.delete(id)) return;
        this.tell({ id, cancel: true });
        reject(new DOMException('stopped', 'AbortError'));
      };
      const ended = (): void => signal?.removeEventListener('abort', stop);
      this.pending.set(id, {
        onProgress,
        resolve: (value) => (ended(), resolve(value)),
        reject: (error) => (ended(), reject(error)),
      });
      this.tell({ id, ...order });
      if (signal?.aborted) stop();
      else signal?.addEventListener('abort', stop, { once: true });
    });
    return { id, answer };
  }

  private tell(message: ToReader): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name.
    this.port.postMessage(message);
  }

  private hear(message: FromReader): void {
    const pending = this.pending.get(message.id);
    if (!pending || message.kind === 'ready') return;
    if (message.kind === 'progress') return pending.onProgress?.(message.far);
    this.pending.delete(message.id);
    if (message.kind === 'done') pending.resolve(message.value);
    else pending.reject(new Error(message.message));
  }

  private fail(message: string): void {
    for (const { reject } of this.pending.values()) reject(new Error(message));
    this.pending.clear();
    this.port.terminate();
    this.onBroken(message);
  }
}

/** Questions about one recording, answered by the worker that read it. */
export class RecordingClient implements RecordingQuestions {
  readonly summary: RecordingSummary;
  private readonly reader: RecordingReader;
  private readonly id: number;

  constructor(summary: RecordingSummary, reader: RecordingReader, id: number) {
    this.summary = summary;
    this.reader = reader;
    this.id = id;
  }

  /** Have it forgotten: nothing can be asked any more. */
  close(): void {
    this.reader.close(this.id);
  }

  rows(from: number, count: number): Promise<readonly EventRow[]> {
    return this.reader.ask(this.id, 'rows', [from, count]);
  }

  text(offset: number, lines: number): Promise<readonly string[]> {
    return this.reader.ask(this.id, 'text', [offset, lines]);
  }

  find(query: EventQuery, from: number, direction: 1 | -1, stop: Stop): Promise<number | undefined> {
    return this.reader.ask(this.id, 'find', [query, from, direction], stop);
  }

  count(query: EventQuery, stop: Stop): Promise<number> {
    return this.reader.ask(this.id, 'count', [query], stop);
  }

  matches(query: EventQuery, stop: Stop): Promise<Uint32Array> {
    return this.reader.ask(this.id, 'matches', [query], stop);
  }

  told(vcpu: number, at: number): Promise<Told> {
    return this.reader.ask(this.id, 'told', [vcpu, at]);
  }

  overview(vcpu: number | undefined, from: number, to: number, buckets: number): Promise<Overview> {
    return this.reader.ask(this.id, 'overview', [vcpu, from, to, buckets]);
  }

  findings(stop: Stop, onProgress: Progress = nothing): Promise<Findings> {
    return this.reader.ask(this.id, 'findings', [], stop, onProgress);
  }

  align(kernel: string, stop: Stop, onProgress: Progress = nothing): Promise<Alignment> {
    return this.reader.ask(this.id, 'align', [kernel], stop, onProgress);
  }

  rank(kernels: readonly string[], stop: Stop, onProgress: Progress = nothing): Promise<Ranking> {
    return this.reader.ask(this.id, 'rank', [kernels], stop, onProgress);
  }

  steps(kernel: string, vcpu: number, from: number, to: number): Promise<readonly AlignedStep[]> {
    return this.reader.ask(this.id, 'steps', [kernel, vcpu, from, to]);
  }

  program(
    kernel: string,
    vcpu: number,
    from: number,
    to: number,
  ): Promise<Result<TakenProgram, ProgramProblem>> {
    return this.reader.ask(this.id, 'program', [kernel, vcpu, from, to]);
  }

  tree(kernel: string, vcpu: number, step: number): Promise<readonly TreeRow[]> {
    return this.reader.ask(this.id, 'tree', [kernel, vcpu, step]);
  }
}
