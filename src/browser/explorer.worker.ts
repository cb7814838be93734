import { Workshop } from '#explore/jobs.ts';
import type { FromExplorer, ToExplorer } from './explorer-messages.ts';
import { pause } from './pause.ts';

/** The worker that explores, one job after the other. Between slices of work it listens: a job can be taken back. */

/** Longest stretch of work between two looks at what has come in, in milliseconds. */
const slice = 25;

/** Between two reports of how far a job is, in milliseconds. */
const reportEvery = 80;

const workshop = new Workshop();
const cancelled = new Set<number>();
type Order = Exclude<ToExplorer, { readonly cancel: true }>;
const waiting: Order[] = [];
let working = false;

const tell = (message: FromExplorer): void => postMessage(message);

/** Do work in slices. Undefined where it was taken back on the way. */
async function inSlices<Part, Value>(
  work: Generator<Part, Value>,
  onPart: (part: Part) => void,
  isOver: () => boolean,
): Promise<Value | undefined> {
  for (let until = performance.now() + slice; ;) {
    const next = work.next();
    if (next.done) return next.value;
    if (performance.now() < until) continue;
    onPart(next.value);
    // oxlint-disable-next-line eslint/no-await-in-loop -- the pause is what the loop is for.
    await pause();
    if (isOver()) return undefined;
    until = performance.now() + slice;
  }
}

async function run({ id, job }: Order): Promise<void> {
  let reported = performance.now();
  const result = await inSlices(
    workshop.work(job),
    (progress) => {
      const now = performance.now();
      if (now - reported < reportEvery) return;
      reported = now;
      tell({ id, kind: 'progress', progress });
    },
    () => cancelled.delete(id),
  );
  if (result !== undefined) tell({ id, kind: 'done', result });
}

async function workOff(): Promise<void> {
  if (working) return;
  working = true;
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    if (cancelled.delete(next.id)) continue;
    const { id } = next;
    // oxlint-disable-next-line eslint/no-await-in-loop -- one job after the other.
    await run(next).catch((error: unknown) =>
      tell({ id, kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
    );
  }
  working = false;
}

tell({ id: 0, kind: 'ready' });
addEventListener('message', ({ data }: MessageEvent<ToExplorer>) => {
  if ('cancel' in data) {
    cancelled.add(data.id);
    return;
  }
  waiting.push(data);
  void workOff();
});

// While nobody waits; the first order ends it.
void inSlices(
  workshop.rehearse(),
  () => undefined,
  () => working,
);
