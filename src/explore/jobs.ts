import type { Kernel } from '#kvm/kernel.ts';
import { allKernelIds, kernel, recordedKernelIds } from '#kvm/kernels.ts';
import type { Session } from '#session/session.ts';
import { reduced, standard } from './bounds.ts';
import { check, type KernelVerdict } from './check.ts';
import { diff, type Diff } from './diff.ts';
import { ownInvariant } from './expression.ts';
import { gridOf, whyNoGrid, type Grid } from './grid.ts';
import type { WorkProgress } from './reach.ts';
import { howTo, type Goal, type HowTo } from './reachable.ts';
import { series, type SeriesPoint } from './series.ts';
import { Space } from './space.ts';

/** Work for an explorer that runs elsewhere: plain data in, plain data out. */
export type Job =
  | { readonly kind: 'check'; readonly kernels: readonly string[]; readonly own?: string }
  | { readonly kind: 'diff'; readonly left: string; readonly right: string }
  | { readonly kind: 'series'; readonly kernels: readonly string[] }
  | { readonly kind: 'howTo'; readonly kernel: string; readonly goal: Goal }
  | { readonly kind: 'grid'; readonly session: Session; readonly kernels: readonly string[] };

/** What each kind of job comes to. */
export interface JobResults {
  readonly check: readonly KernelVerdict[];
  readonly diff: Diff;
  readonly series: readonly SeriesPoint[];
  readonly howTo: HowTo;
  /** A grid, or why there is none. */
  readonly grid: { readonly grid?: Grid; readonly why?: string };
}

export type ResultOf<Kind extends Job['kind']> = JobResults[Kind];

/** How far a job is. */
export type JobProgress = WorkProgress;

/** Kernels that are explored together from the start: what is learnt of one serves the others. */
const home: readonly string[] = [...allKernelIds, ...recordedKernelIds];

/** The kernels that a job is about. */
function kernelsOf(job: Job): readonly string[] {
  if (job.kind === 'diff') return [job.left, job.right];
  return job.kind === 'howTo' ? [job.kernel] : job.kernels;
}

function built(id: string): Kernel {
  const found = kernel(id);
  if (!found.ok) throw new Error(found.error);
  return found.value;
}

/** Does jobs one after the other, and keeps what it learns. */
export class Workshop {
  private space: Space | undefined;
  /** The last invariant that the visitor wrote, with a space of its own. */
  private own: { readonly text: string; readonly space: Space } | undefined;

  /** Explore something small: the first job then meets code that runs at its speed. */
  *rehearse(): Generator<unknown, void> {
    const kernels = home.slice(0, 3).map(built);
    yield* check(new Space(kernels, reduced), kernels);
  }

  *work(job: Job): Generator<JobProgress, JobResults[Job['kind']]> {
    switch (job.kind) {
      case 'check':
        return yield* check(
          job.own === undefined ? this.spaceFor(job) : this.spaceAsking(job, job.own),
          job.kernels.map(built),
        );
      case 'diff':
        return yield* diff(this.spaceFor(job), built(job.left), built(job.right));
      case 'series':
        return yield* series(this.spaceFor(job), job.kernels.map(built));
      case 'howTo':
        return yield* howTo(this.spaceFor(job), built(job.kernel), job.goal);
      case 'grid': {
        const grid = gridOf(job.session, job.kernels);
        return grid ? { grid } : { why: whyNoGrid(job.session) ?? 'nothing decides here' };
      }
    }
  }

  private spaceFor(job: Job): Space {
    const wanted = kernelsOf(job).map(built);
    if (this.space && wanted.every((one) => this.space!.family.kernels.includes(one))) return this.space;
    const before = this.space?.family.kernels ?? home.map(built);
    this.space = new Space([...new Set([...before, ...wanted])], standard);
    return this.space;
  }

  private spaceAsking(job: Job, text: string): Space {
    const kernels = kernelsOf(job).map(built);
    if (this.own?.text === text && kernels.every((one) => this.own!.space.family.kernels.includes(one)))
      return this.own.space;
    const asked = ownInvariant(text);
    if (!asked.ok) throw new Error(asked.error.message);
    const space = new Space([...new Set([...home.map(built), ...kernels])], standard, [asked.value]);
    this.own = { text, space };
    return space;
  }
}
