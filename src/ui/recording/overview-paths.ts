import type { Lane, Overview } from '#trace/questions.ts';

/** Paths of the picture of a whole recording: a unit wide for each bucket, and a unit high. */

type Bucket = Overview['buckets'][number];

/** Lanes from top to bottom. */
export const lanesShown: readonly Lane[] = ['userspace', 'kvm', 'l1', 'l2', 'unknown'];

const eventsIn = ({ lanes }: Bucket): number => lanesShown.reduce((sum, lane) => sum + lanes[lane], 0);

/** Shares below can no longer be told apart by eye. */
const steps = 16;

/** A part of the most, never nothing where there is something. */
const seen = (part: number, most: number): number =>
  part === 0 ? 0 : Math.ceil((part / most) * steps) / steps;

/** Bars from the bottom, equal neighbours as one. */
function barsPath(heights: readonly number[]): string {
  let path = '';
  for (let at = 0; at < heights.length;) {
    const height = heights[at]!;
    let end = at + 1;
    while (end < heights.length && heights[end] === height) end += 1;
    if (height > 0) path += `M${at} 1v${-height}h${end - at}v${height}z`;
    at = end;
  }
  return path;
}

/** How much of each bucket a lane has, beside the bucket of which it has most: most events are KVM's everywhere. */
export function lanePath({ buckets }: Overview, lane: Lane): string {
  const shares = buckets.map((bucket) => bucket.lanes[lane] / Math.max(1, eventsIn(bucket)));
  const most = Math.max(0, ...shares);
  return barsPath(shares.map((share) => seen(share, most)));
}

/** Where there is something of a kind. */
export function placesPath({ buckets }: Overview, kind: 'nested' | 'efer' | 'gaps'): string {
  return barsPath(buckets.map((bucket) => (bucket[kind] > 0 ? 1 : 0)));
}
