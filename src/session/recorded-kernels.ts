import type { Kernel } from '#kvm/kernel.ts';
import { bases, kernel, patches } from '#kvm/kernels.ts';
import type { RecordedCase } from '#program/conformance/compare.ts';

/** The kernels that any of the cases was recorded on, in the order in which they first occur. */
export function recordedKernels(cases: Readonly<Record<string, RecordedCase>>): readonly string[] {
  return [...new Set(Object.values(cases).flatMap(({ kernels }) => Object.keys(kernels)))];
}

/** How a release of the kernel is called, without what this project says of it. */
export function releaseOf({ base }: Kernel): string {
  return base.title.replace(/,.*$/, '');
}

/** A patch that no longer applies to a base is part of it. */
function patchesIn({ base, patches: own }: Kernel): readonly string[] {
  const root = bases.find(({ functions }) => functions === base.functions);
  return patches
    .filter((patch) => own.includes(patch) || (root && !patch.bases.includes(root.id)))
    .map(({ id }) => id);
}

/** A recorded kernel, held against another by the patches that are in them. */
export interface NearKernel {
  readonly id: string;
  readonly release: string;
  readonly lacks: readonly string[];
  readonly adds: readonly string[];
}

/** The recorded kernels whose patches differ least from those of a kernel. */
export function nearestKernels(of: Kernel, recorded: readonly string[]): readonly NearKernel[] {
  const wanted = patchesIn(of);
  const near = recorded.flatMap((id): NearKernel[] => {
    const built = kernel(id);
    if (!built.ok) return [];
    const has = patchesIn(built.value);
    return [
      {
        id,
        release: releaseOf(built.value),
        lacks: wanted.filter((one) => !has.includes(one)),
        adds: has.filter((one) => !wanted.includes(one)),
      },
    ];
  });
  const distance = ({ lacks, adds }: NearKernel): number => lacks.length + adds.length;
  const least = Math.min(...near.map(distance));
  return near.filter((one) => distance(one) === least);
}

const list = (names: readonly string[]): string => names.join(' and ');

/** What tells a recorded kernel from another, by patches. */
export function nearKernelWords({ release, lacks, adds }: NearKernel): string {
  const parts = [
    ...(lacks.length === 0 && adds.length === 0 ? ['the same patches'] : []),
    ...(lacks.length > 0 ? [`without ${list(lacks)}`] : []),
    ...(adds.length > 0 ? [`with ${list(adds)} besides`] : []),
  ];
  return `${parts.join(', ')}, on ${release}`;
}
