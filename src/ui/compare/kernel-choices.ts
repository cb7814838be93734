import { allKernelIds, recordedKernelIds } from '#kvm/kernels.ts';
import type { Session } from '#session/session.ts';

/** Kernels that can be compared and checked: those of the page first, then the usual ones. */
export function choicesOf({ kernels }: Session): readonly string[] {
  return [...new Set([...kernels, ...allKernelIds, ...recordedKernelIds])];
}

/** The two kernels that a comparison begins with: what the page shows, from the oldest to the newest. */
export function firstPair({ kernels }: Session): readonly [string, string] {
  const [first = '7.0'] = kernels;
  const last = kernels.at(-1);
  if (last !== undefined && last !== first) return [first, last];
  return first === '7.1' ? ['7.0', '7.1'] : [first, '7.1'];
}
