import type { Context } from '#program/types.ts';
import type { ListName } from '#session/listing.ts';

/** Who owns a piece of code: its hue, and its name. */
export type Party = Context | 'userspace';

export const partyOfList: Readonly<Record<ListName, Party>> = {
  l1: 'L1',
  l2: 'L2',
  smm: 'SMM',
  userspace: 'userspace',
};

export const partyText: Readonly<Record<Party, string>> = {
  L1: 'text-l1',
  L2: 'text-l2',
  SMM: 'text-smm',
  userspace: 'text-userspace',
};

export const partyGround: Readonly<Record<Party, string>> = {
  L1: 'bg-l1-ground',
  L2: 'bg-l2-ground',
  SMM: 'bg-raised',
  userspace: 'bg-userspace-ground',
};
