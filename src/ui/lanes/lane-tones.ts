import type { Lane } from '#session/lanes.ts';

/** Hues of the lanes: each party has one, everywhere. */
export const laneTones: Readonly<
  Record<Lane, { readonly fill: string; readonly stroke: string; readonly text: string }>
> = {
  userspace: { fill: 'fill-userspace', stroke: 'stroke-userspace', text: 'text-userspace' },
  KVM: { fill: 'fill-kvm', stroke: 'stroke-kvm', text: 'text-kvm' },
  L1: { fill: 'fill-l1', stroke: 'stroke-l1', text: 'text-l1' },
  L2: { fill: 'fill-l2', stroke: 'stroke-l2', text: 'text-l2' },
  SMM: { fill: 'fill-smm', stroke: 'stroke-smm', text: 'text-smm' },
};

export const laneNames: Readonly<Record<Lane, string>> = {
  userspace: 'userspace',
  KVM: 'KVM (L0)',
  L1: 'L1',
  L2: 'L2',
  SMM: 'SMM',
};
