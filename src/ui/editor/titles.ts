import type { ListingName } from '#program/notation.ts';

export const listingTitles: Readonly<Record<ListingName, string>> = {
  l1: 'L1',
  l2: 'L2',
  smm: 'SMM',
  userspace: 'Userspace',
};

export const listingNotes: Readonly<Record<ListingName, string>> = {
  l1: 'the guest hypervisor',
  l2: 'its guest',
  smm: 'the SMI handler',
  userspace: 'what the VMM does on each exit to it',
};
