import type { Lane as PanelLane } from '#session/lanes.ts';
import type { Lane } from '#trace/questions.ts';

/** A lane of a recording in a list: a few letters, the name, and whose hue it has. */
export const laneMarks: Readonly<
  Record<Lane, { readonly short: string; readonly name: string; readonly hue: PanelLane | undefined }>
> = {
  userspace: { short: 'US', name: 'userspace', hue: 'userspace' },
  kvm: { short: 'L0', name: 'KVM', hue: 'KVM' },
  l1: { short: 'L1', name: 'L1', hue: 'L1' },
  l2: { short: 'L2', name: 'L2', hue: 'L2' },
  unknown: { short: '?', name: 'not known', hue: undefined },
};
