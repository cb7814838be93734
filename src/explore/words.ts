import { figure } from '#base/figures.ts';
import type { KernelVerdict } from './check.ts';
import type { Diff, DiffGroup } from './diff.ts';
import type { Cause } from './cause.ts';

/** Sentences about what was found. One place, for the page and for the headless command. */

export const list = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

/** How two kernels differ, in one sentence. */
export function diffWords({ kernels: [left, right], transitions, differing, groups }: Diff): string {
  if (differing === 0) return `${right} does in all ${figure(transitions)} transitions what ${left} does.`;
  const reported = groups.reduce((sum, { kinds }) => sum + kinds.report, 0);
  const hidden = differing - reported;
  const shown =
    reported === 0
      ? 'none of them changes what a report shows'
      : hidden === 0
        ? 'all of them change what comes of the operation'
        : `${figure(reported)} of them change what comes of the operation, the others only what is behind it`;
  return `${right} differs from ${left} in ${figure(differing)} of ${figure(transitions)} transitions; ${shown}.`;
}

/** When a group of differences occurs: the operations, and what is so each time. */
export function whenWords({ operations, where }: Pick<DiffGroup, 'operations' | 'where'>): string {
  return [list(operations), list(where)].filter(Boolean).join(', ');
}

/** What a group of differences changes. */
export function kindWords({ kinds }: Pick<DiffGroup, 'kinds'>): string {
  if (kinds.report > 0) return 'changes what comes of it';
  return kinds.register > 0 ? 'changes a register that no report shows' : 'other functions, the same result';
}

/** Where two kernels part. What the processor does is no function. */
export function causeWords({ fn, test }: Cause): string {
  return fn.startsWith('processor') ? `${fn}: ${test}` : `${fn}(): ${test}`;
}

/** How many invariants a kernel breaks. */
export function brokenWords({ invariants }: KernelVerdict): string {
  const broken = invariants.filter(({ verdict }) => verdict === 'broken').map(({ id }) => id);
  return broken.length === 0 ? 'breaks nothing' : `breaks ${list(broken)}`;
}
