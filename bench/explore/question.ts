import { kernel } from '#kvm/kernels.ts';
import type { Kernel } from '#kvm/kernel.ts';
import { invariants } from '#program/invariants.ts';

/** What every means is asked: all states within the `reduced` bounds, and which of these invariants break there. */

const ids: ReadonlySet<string> = new Set(['I6', 'I13', 'I14', 'I19']);

export const asked = invariants.filter(({ id }) => ids.has(id));

/** What a means answers for one kernel. */
export interface Answer {
  readonly states: number;
  readonly transitions: number;
  /** The invariants that break, by their ids, in their order. */
  readonly broken: readonly string[];
}

export function built(id: string): Kernel {
  const result = kernel(id);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}
