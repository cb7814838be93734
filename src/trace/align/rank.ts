import type { Kernel } from '#kvm/kernel.ts';
import { allKernelIds, recordedKernelIds } from '#kvm/kernels.ts';
import type { Vocabulary } from '#program/conformance/compare.ts';
import type { Alignment, Ranking, Stop } from '../questions.ts';
import type { Seen } from '../seen.ts';
import { Aligner } from './aligner.ts';
import type { StepHeld } from './vcpu-aligner.ts';

/** The kernels that a recording is held against where nobody names others. */
export const rankedKernelIds: readonly string[] = [...recordedKernelIds, ...allKernelIds];

const list = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

/** How well a kernel explains a recording, in words. */
function fareWords({ impossible, undecided, assumed }: Alignment): string {
  const wrong = impossible === 0 ? 'nothing is impossible' : `${count(impossible, 'step')} impossible`;
  const open = undecided === 0 ? '' : `, ${count(undecided, 'step')} with too many possibilities to decide`;
  const steps = `${wrong}${open}`;
  return assumed === 0
    ? steps
    : `${steps}, with ${count(assumed, 'operation')} of userspace assumed that the recording does not show`;
}

/** Fewest impossible steps first, then the fewest undecided ones, then the fewest operations that had to be assumed. */
function compare(left: Alignment, right: Alignment): number {
  return (
    left.impossible - right.impossible || left.undecided - right.undecided || left.assumed - right.assumed
  );
}

/** What became of a recording on a kernel, and what tells whether another kernel did the same in every step. */
export interface Fared {
  readonly alignment: Alignment;
  readonly digest: string;
}

/** Put alignments of one recording with several kernels in order. */
export function rankingOf(fared: readonly Fared[]): Ranking {
  const sorted = fared.toSorted((left, right) => compare(left.alignment, right.alignment));
  const places: number[] = [];
  for (const [index, { alignment }] of sorted.entries()) {
    const before = sorted[index - 1];
    const isTied = before !== undefined && compare(before.alignment, alignment) === 0;
    places.push(isTied ? places[index - 1]! : index + 1);
  }
  const kernels = sorted.map(({ alignment }, index) => ({ ...alignment, place: places[index]! }));
  const digests = new Set(sorted.filter((_, index) => places[index] === 1).map(({ digest }) => digest));
  return { kernels, words: rankingWords(kernels, digests.size === 1) };
}

function rankingWords(kernels: Ranking['kernels'], isSame: boolean): string {
  const best = kernels.filter(({ place }) => place === 1);
  const first = best[0];
  if (!first) return 'No kernel was asked about.';
  const names = list(best.map(({ kernel }) => kernel));
  const next = kernels.find(({ place }) => place > 1);
  const behind = next ? ` Next is ${next.kernel}: ${fareWords(next)}.` : '';
  if (best.length === 1) return `${names} explains it best: ${fareWords(first)}.${behind}`;
  const all = next ? 'equally well' : 'equally well, and no other kernel was asked about';
  const why = isSame ? 'they do the same here, ' : '';
  return `${names} explain it ${all}: ${why}${fareWords(first)}.${behind}`;
}

/** Steps are worked on for so many lines before whoever waits for the thread has its turn. */
const turn = 256;

/** How work is interrupted. */
export interface Turns {
  readonly stop?: Stop | undefined;
  /** Lets in what else waits for the thread, an order to stop among it. */
  readonly pause?: (() => Promise<void>) | undefined;
}

/** Hold a recording against several kernels in one pass. Stopped early, it ranks by what came until then. */
export async function alignAll(
  seen: AsyncIterable<readonly Seen[]>,
  kernels: readonly Kernel[],
  vocabulary: Vocabulary,
  turns: Turns = {},
  onStep?: (kernel: Kernel, held: StepHeld) => void,
): Promise<Ranking> {
  const aligners = kernels.map(
    (kernel) => new Aligner(kernel, vocabulary, onStep && ((held) => onStep(kernel, held))),
  );
  for await (const batch of seen) {
    await pushAll(batch, aligners, turns);
    if (turns.stop?.aborted) break;
  }
  return rankingOf(aligners.map((one) => ({ alignment: one.finish(), digest: one.digest })));
}

/** Hand a batch to aligners, all of them in step. Once stopped it hands over no more. */
async function pushAll(
  batch: readonly Seen[],
  aligners: readonly Aligner[],
  { stop, pause }: Turns,
): Promise<void> {
  for (let from = 0; from < batch.length; from += turn) {
    const some = batch.slice(from, from + turn);
    for (const aligner of aligners) {
      if (stop?.aborted) return;
      for (const one of some) aligner.push(one);
    }
    await pause?.();
  }
}
