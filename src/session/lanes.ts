import type { StepRun } from '#program/runner.ts';
import type { Actor } from '#program/types.ts';
import { derivedAt } from './derive.ts';
import { labelOf } from './possible.ts';
import { branchThrough, type Session } from './session.ts';

/** Who can have the vCPU: the lanes of the sequence diagram, top to bottom. */
export const lanes = ['userspace', 'KVM', 'L1', 'L2', 'SMM'] as const;
export type Lane = (typeof lanes)[number];

/** One operation in the lanes of one kernel. */
export interface LaneStep {
  readonly node: number;
  /** Absent where the kernel did not move; `idle` then says why. */
  readonly made: StepRun | undefined;
  readonly idle: string | undefined;
  readonly label: string;
  readonly from: Lane;
  /** Whether KVM ran. */
  readonly viaKvm: boolean;
  readonly to: Lane;
  /** The code that runs next is not that of its context: L2's code or registers as L1. */
  readonly corrupt: boolean;
}

const laneOf = (actor: Actor): Lane => actor;

function laneStep(session: Session, node: number, kernel: string): LaneStep {
  const { made, idle } = derivedAt(session, node, kernel);
  if (!made)
    return {
      node,
      made,
      idle,
      label: idle ?? 'start',
      from: 'userspace',
      viaKvm: false,
      to: 'userspace',
      corrupt: false,
    };
  const { step, violations } = made;
  return {
    node,
    made,
    idle,
    label: labelOf(step.op),
    from: laneOf(step.actor),
    viaKvm: step.path.length > 0,
    to: step.after.next?.context ?? 'userspace',
    corrupt:
      violations.includes('I14') ||
      violations.includes('I20') ||
      (step.after.next !== null && step.after.next.code !== step.after.next.context),
  };
}

/** The run that the cursor stands on, from its first operation to the end that → follows, on one kernel. */
export function lanesOf(session: Session, kernel: string): readonly LaneStep[] {
  return branchThrough(session, session.cursor.node)
    .filter(({ event }) => event.kind !== 'setup')
    .map(({ id }) => laneStep(session, id, kernel));
}
