import type { Job, JobProgress, JobResults, ResultOf } from '#explore/jobs.ts';
import type { FromExplorer, ToExplorer } from './explorer-messages.ts';
import { startExplorer } from './explorer-start.ts';

/** Two do: a check is split between them, and the page keeps a core of most machines. */
const explorers = 2;

interface Pending {
  readonly onProgress: (progress: JobProgress) => void;
  readonly resolve: (result: JobResults[Job['kind']]) => void;
  readonly reject: (error: Error) => void;
}

/** One worker, and the jobs that it was given. */
class Explorer {
  private readonly worker: Worker;
  private readonly pending = new Map<number, Pending>();
  private jobs = 0;
  /** It has been loaded, or cannot be. */
  readonly loaded: Promise<unknown>;

  constructor() {
    this.worker = startExplorer();
    this.loaded = new Promise((resolve) => {
      this.worker.addEventListener('message', resolve, { once: true });
      this.worker.addEventListener('error', resolve, { once: true });
    });
    this.worker.addEventListener('message', ({ data }: MessageEvent<FromExplorer>) => this.hear(data));
    this.worker.addEventListener('error', ({ message }) =>
      this.fail(message || 'the explorer could not start'),
    );
  }

  do<Kind extends Job['kind']>(
    job: Extract<Job, { kind: Kind }>,
    signal: AbortSignal,
    onProgress: (progress: JobProgress) => void,
  ): Promise<ResultOf<Kind>> {
    const id = (this.jobs += 1);
    return new Promise((resolve, reject) => {
      this.pending.set(id, { onProgress, resolve: resolve as Pending['resolve'], reject });
      signal.addEventListener('abort', () => {
        if (!this.pending.delete(id)) return;
        this.tell({ id, cancel: true });
        reject(new DOMException('stopped', 'AbortError'));
      });
      this.tell({ id, job });
    });
  }

  private tell(message: ToExplorer): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name.
    this.worker.postMessage(message);
  }

  private hear(message: FromExplorer): void {
    const pending = this.pending.get(message.id);
    if (!pending || message.kind === 'ready') return;
    if (message.kind === 'progress') return pending.onProgress(message.progress);
    this.pending.delete(message.id);
    if (message.kind === 'done') pending.resolve(message.result);
    else pending.reject(new Error(message.message));
  }

  /** The worker itself broke: nothing that it was given will come back, and the next job gets a new one. */
  private fail(message: string): void {
    for (const { reject } of this.pending.values()) reject(new Error(message));
    this.pending.clear();
    this.worker.terminate();
    pool.splice(pool.indexOf(this), 1);
  }
}

const pool: Explorer[] = [];

function team(): readonly Explorer[] {
  while (pool.length < explorers) pool.push(new Explorer());
  return pool;
}

/** Start the workers, so that nothing has to be fetched when they are needed. */
export function startExplorers(): Promise<unknown> {
  return Promise.all(team().map(({ loaded }) => loaded));
}

const results = new Map<string, JobResults[Job['kind']]>();

/** A result that is there already. */
export function exploredBefore<Kind extends Job['kind']>(
  job: Extract<Job, { kind: Kind }>,
): ResultOf<Kind> | undefined {
  return results.get(JSON.stringify(job)) as ResultOf<Kind> | undefined;
}

/** The parts of a job that can be done side by side. */
function split(job: Job): readonly Job[] {
  if (job.kind !== 'check' || job.kernels.length < explorers) return [job];
  const half = Math.ceil(job.kernels.length / explorers);
  return [
    { ...job, kernels: job.kernels.slice(0, half) },
    { ...job, kernels: job.kernels.slice(half) },
  ];
}

/** Do a job, or know its result. Rejects with an AbortError once the signal stops it. */
export async function explore<Kind extends Job['kind']>(
  job: Extract<Job, { kind: Kind }>,
  signal: AbortSignal,
  onProgress: (progress: JobProgress) => void,
): Promise<ResultOf<Kind>> {
  const known = exploredBefore<Kind>(job);
  if (known) return known;
  const workers = team();
  const far: JobProgress[] = [];
  const parts = await Promise.all(
    split(job).map((part, index) =>
      workers[index]!.do(part as Extract<Job, { kind: Kind }>, signal, (progress) => {
        far[index] = progress;
        onProgress(together(far));
      }),
    ),
  );
  const result = (parts.length === 1 ? parts[0] : parts.flat()) as ResultOf<Kind>;
  results.set(JSON.stringify(job), result);
  return result;
}

/** How far several workers are. */
function together(far: readonly (JobProgress | undefined)[]): JobProgress {
  const known = far.filter((one) => one !== undefined);
  const sum = (of: (progress: JobProgress) => number): number =>
    known.reduce((total, one) => total + of(one), 0);
  const kernels = known.flatMap(({ kernel }) => kernel ?? []);
  return {
    ...(kernels.length === 0 ? {} : { kernel: kernels.join(', ') }),
    states: sum(({ states }) => states),
    transitions: sum(({ transitions }) => transitions),
    done: sum(({ done }) => done),
    of: sum(({ of }) => of),
  };
}
