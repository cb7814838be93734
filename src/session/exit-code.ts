import type { StepRun } from '#program/runner.ts';
import { derivedAt } from './derive.ts';
import { trunkTo, type Session } from './session.ts';

/**
 * How vmcb12's exit code relates to what happened last: `written` by the last exit from L2, `pending` while L2 runs,
 * `stale` where guest mode was left and nobody wrote it, `none` before the first.
 */
export type ExitCodeAge = 'none' | 'pending' | 'written' | 'stale';

function ageAfter({ before, step, traces }: StepRun): ExitCodeAge | undefined {
  const wrote = traces.some(
    ({ event }) => event === 'kvm_nested_vmexit_inject' || event === 'kvm_nested_vmenter_failed',
  );
  if (step.after.guestMode) return 'pending';
  if (wrote) return 'written';
  return before.snapshot.value.guestMode === 'l2' ? 'stale' : undefined;
}

/** The exit code in vmcb12 at the cursor, on one kernel: how old it is, and whether KVM ever wrote it. */
export function exitCodeAge(
  session: Session,
  kernel: string,
): { readonly age: ExitCodeAge; readonly written: boolean } {
  const ages = trunkTo(session, session.cursor.node).flatMap(({ id }) => {
    const { made } = derivedAt(session, id, kernel);
    return (made && ageAfter(made)) ?? [];
  });
  return { age: ages.at(-1) ?? 'none', written: ages.includes('written') };
}
