import type { Scenario } from '#scenarios/scenario.ts';
import { scenarios } from '#scenarios/scenarios.ts';

/** Who does in a scenario what it is about. */
function groupOf({ program }: Scenario): string {
  if (program.userspace.some((op) => op.do !== 'KVM_RUN' || op.syncSregs !== undefined))
    return 'Userspace writes EFER';
  if (program.code.l2.some((op) => op.do === 'WRMSR')) return 'L2 writes EFER';
  return 'L1 and its nested state';
}

/** The scenarios by group, in the order of the list. */
export const scenarioGroups: ReadonlyMap<string, readonly Scenario[]> = Map.groupBy(scenarios, groupOf);
