import { invariant } from '#base/assert.ts';
import type { Kernel } from '#kvm/kernel.ts';
import { baseIds, bases, kernel, patches } from '#kvm/kernels.ts';
import type { Patch } from '#kvm/patch.ts';
import { check, type KernelVerdict } from './check.ts';
import { diff, type Diff, type DiffGroup } from './diff.ts';
import type { WorkProgress } from './reach.ts';
import type { Space } from './space.ts';

/** Patch series: a base with patches in order, and what each of them changes, breaks and mends. */

/** A series to choose. */
export interface SeriesOffer {
  readonly id: string;
  readonly title: string;
  /** Kernel ids, from the base on, a patch more each. */
  readonly points: readonly string[];
}

/** What is said of the patch that a point adds. */
export type AddedPatch = Pick<Patch, 'id' | 'subject' | 'date' | 'author'>;

export interface SeriesPoint {
  readonly kernel: string;
  /** The patch that the point before lacks; absent at the first. */
  readonly added: AddedPatch | undefined;
  readonly verdict: KernelVerdict;
  /** Ids of invariants that are broken here and not at the point before. */
  readonly breaks: readonly string[];
  /** Ids of invariants that are broken at the point before and not here. */
  readonly mends: readonly string[];
  /** The differences from the point before that change what comes of an operation. */
  readonly flips: readonly DiffGroup[];
  /** How many groups of differences change only a register that no report shows, and only the path. */
  readonly others: Readonly<Record<'register' | 'path', number>>;
  /** No invariant is newly broken. */
  readonly sane: boolean;
}

function built(id: string): Kernel {
  const found = kernel(id);
  invariant(found.ok, `kernel ${id}`);
  return found.value;
}

/** The id of the base that a kernel's patches were applied to: a release has another name. */
function baseOf({ base }: Kernel): string {
  const found = bases.find(({ functions }) => functions === base.functions);
  invariant(found, `the base of ${base.id}`);
  return found.id;
}

const idOf = (base: string, chosen: readonly Patch[]): string =>
  [base, ...chosen.map(({ id }) => id)].join('+');

/** The kernels of a series: the base, then one more of its patches each, up to the kernel itself. */
export function seriesOf(kernelId: string): readonly string[] {
  const last = built(kernelId);
  const base = baseOf(last);
  return [...last.patches.map((_, count) => idOf(base, last.patches.slice(0, count))), kernelId];
}

const releases = (): readonly Kernel[] =>
  baseIds.filter((id) => !bases.some((base) => base.id === id)).map(built);

const offer = (id: string, title: string): SeriesOffer => ({ id, title, points: seriesOf(id) });

/** The patches of a release on another base, after those that its own base has and this one lacks. */
function portOf(release: Kernel, base: string): readonly SeriesOffer[] {
  const own = baseOf(release);
  const lacking = patches.filter((one) => one.bases.includes(base) && !one.bases.includes(own));
  const id = idOf(base, [...lacking, ...release.patches]);
  return base !== own && kernel(id).ok ? [offer(id, `${base} with the patches of ${release.id}`)] : [];
}

/** The series that are offered: every other one is the id of a kernel, see `seriesOf()`. */
export function offeredSeries(): readonly SeriesOffer[] {
  const grown = releases().flatMap((release) => [
    offer(release.id, `${release.id}, patch by patch`),
    ...bases.flatMap(({ id }) => portOf(release, id)),
  ]);
  const alone = [...new Set(releases().map(baseOf))].flatMap((base) =>
    patches
      .filter((patch) => patch.slot === 'svme' && patch.bases.includes(base))
      .map((patch) => offer(idOf(base, [patch]), `${base} with ${patch.id} alone`)),
  );
  return [...grown, ...alone];
}

const brokenIn = ({ invariants }: KernelVerdict): readonly string[] =>
  invariants.filter(({ verdict }) => verdict === 'broken').map(({ id }) => id);

function addedTo(before: Kernel, after: Kernel): AddedPatch | undefined {
  const patch = after.patches.find((one) => !before.patches.includes(one));
  if (!patch) return undefined;
  const { id, subject, date, author } = patch;
  return { id, subject, date, author };
}

function firstPoint(verdict: KernelVerdict): SeriesPoint {
  const none = { added: undefined, breaks: [], mends: [], flips: [] };
  return { kernel: verdict.kernel, verdict, ...none, others: { register: 0, path: 0 }, sane: true };
}

function pointAfter(
  before: KernelVerdict,
  verdict: KernelVerdict,
  added: AddedPatch | undefined,
  { groups }: Diff,
): SeriesPoint {
  const [old, now] = [brokenIn(before), brokenIn(verdict)];
  const breaks = now.filter((id) => !old.includes(id));
  const flips = groups.filter(({ kinds }) => kinds.report > 0);
  const hidden = groups.filter(({ kinds }) => kinds.report === 0);
  const register = hidden.filter(({ kinds }) => kinds.register > 0).length;
  return {
    kernel: verdict.kernel,
    added,
    verdict,
    breaks,
    mends: old.filter((id) => !now.includes(id)),
    flips,
    others: { register, path: hidden.length - register },
    sane: breaks.length === 0,
  };
}

/** Check every point of a series, and compare each with the one before it. Yields now and then. */
export function* series(
  space: Space,
  kernels: readonly Kernel[],
): Generator<WorkProgress, readonly SeriesPoint[]> {
  const parts = space.parts.length;
  const of = (2 * kernels.length - 1) * parts;
  const checking = check(space, kernels);
  let next = checking.next();
  for (; !next.done; next = checking.next()) yield { ...next.value, of };
  const verdicts = next.value;
  const points = verdicts.slice(0, 1).map(firstPoint);
  for (let at = 1; at < kernels.length; at += 1) {
    const [before, after] = [kernels[at - 1]!, kernels[at]!];
    const done = (kernels.length + at - 1) * parts;
    const comparing = diff(space, before, after);
    let part = comparing.next();
    for (; !part.done; part = comparing.next())
      yield { ...part.value, kernel: after.id, done: done + part.value.done, of };
    points.push(pointAfter(verdicts[at - 1]!, verdicts[at]!, addedTo(before, after), part.value));
  }
  return points;
}
