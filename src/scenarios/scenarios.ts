import { bitmapClear, clearThenSet, intercepted, notIntercepted, withoutNrips } from './efer-writes.ts';
import { allocationFails, gifAndSvme, l1Toggles, vmrunInvalid } from './l1-life.ts';
import type { Scenario } from './scenario.ts';
import { filteredWrite, shutdownIntercept, sregsInL2, syncRegs } from './userspace-writes.ts';

/** Every scenario, in the order in which the page offers them. The first one opens. */
export const scenarios: readonly Scenario[] = [
  notIntercepted,
  intercepted,
  bitmapClear,
  withoutNrips,
  clearThenSet,
  shutdownIntercept,
  sregsInL2,
  syncRegs,
  filteredWrite,
  l1Toggles,
  gifAndSvme,
  vmrunInvalid,
  allocationFails,
];
