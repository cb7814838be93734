import { isJump } from './event-replayer.ts';
import type { Lane, Overview } from './questions.ts';
import { laneOf } from './replay-state.ts';
import type { Glance } from './replayer.ts';

/** An event on the way through a stretch, with what was known of its vCPU before it. */
interface Passed {
  readonly index: number;
  readonly state: number;
  readonly event: Glance;
}

type Bucket = {
  lanes: Record<Lane, number>;
  nested: number;
  efer: number;
  gaps: number;
};

const emptyBucket = (): Bucket => ({
  lanes: { userspace: 0, kvm: 0, l1: 0, l2: 0, unknown: 0 },
  nested: 0,
  efer: 0,
  gaps: 0,
});

/** Counts the events of a stretch into so many buckets of equal length, or one for each event where there are fewer. */
export class OverviewDraft {
  private readonly from: number;
  private readonly to: number;
  private readonly buckets: readonly Bucket[];

  constructor(from: number, to: number, buckets: number) {
    this.from = from;
    this.to = Math.max(from, to);
    const count = Math.min(buckets, this.to - from);
    this.buckets = Array.from({ length: count }, emptyBucket);
  }

  visit({ index, state, event }: Passed): void {
    const { from, to, buckets } = this;
    const bucket = buckets[Math.floor(((index - from) * buckets.length) / (to - from))];
    if (!bucket) return;
    bucket.lanes[laneOf(state)] += 1;
    if (isJump('nested', event)) bucket.nested += 1;
    if (isJump('efer', event)) bucket.efer += 1;
    if (isJump('gap', event)) bucket.gaps += 1;
  }

  done(): Overview {
    return { from: this.from, to: this.to, buckets: this.buckets };
  }
}
