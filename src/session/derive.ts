import { invariant, present } from '#base/assert.ts';
import { kernel } from '#kvm/kernels.ts';
import type { VcpuSnapshot } from '#machine/facts.ts';
import { insert, nextOf, start, step, type Next, type RunState, type StepRun } from '#program/runner.ts';
import { nodeOf, programUnder, type HistoryNode, type Session } from './session.ts';
import { whyNot } from './possible.ts';

/** What one event came to on one kernel. */
export interface Derived {
  readonly state: RunState;
  /** Absent where the kernel did not move: a setup, the end of the program, an operation that is impossible there. */
  readonly made: StepRun | undefined;
  /** Why the kernel did not move. */
  readonly idle: string | undefined;
}

const memo = new WeakMap<HistoryNode, Map<string, Derived>>();

function derive(session: Session, node: HistoryNode, id: string): Derived {
  const { event } = node;
  if (event.kind === 'setup') {
    const result = kernel(id);
    invariant(result.ok, `kernel ${id}`);
    return {
      state: start(result.value, programUnder(session.program, event.setup)),
      made: undefined,
      idle: undefined,
    };
  }
  invariant(node.parent !== undefined, 'only a setup is first');
  const before = derivedAt(session, node.parent, id).state;
  if (event.kind === 'do') {
    const reason = whyNot(before.snapshot, event.op);
    if (reason !== undefined) return { state: before, made: undefined, idle: reason };
  }
  const made = step(event.kind === 'do' ? insert(before, event.op) : before);
  if (made) return { state: made.state, made, idle: undefined };
  const next = nextOf(before);
  return { state: before, made: undefined, idle: next.kind === 'stop' ? next.why : undefined };
}

const memoOf = (node: HistoryNode): Map<string, Derived> => {
  const known = memo.get(node) ?? new Map<string, Derived>();
  memo.set(node, known);
  return known;
};

/** What the event of a node came to on a kernel. Computed once for each, along the way from the last known one. */
export function derivedAt(session: Session, nodeId: number, kernelId: string): Derived {
  const missing: HistoryNode[] = [];
  for (let at: number | undefined = nodeId; at !== undefined; at = nodeOf(session, at).parent) {
    const node = nodeOf(session, at);
    if (memoOf(node).has(kernelId)) break;
    missing.push(node);
  }
  for (const node of missing.toReversed()) memoOf(node).set(kernelId, derive(session, node, kernelId));
  return present(memoOf(nodeOf(session, nodeId)).get(kernelId), 'a derived node');
}

/** What a kernel's column shows at the cursor. */
export interface View {
  readonly kernel: string;
  readonly derived: Derived;
  /** The vCPU at the cursor: after the event, or after so many of its micro-steps. */
  readonly snapshot: VcpuSnapshot;
  /** The vCPU before the event. */
  readonly before: VcpuSnapshot;
  readonly next: Next;
  /** Micro-steps that the event has on this kernel. */
  readonly microSteps: number;
}

export function viewAt(session: Session, kernelId: string): View {
  const { node, micro } = session.cursor;
  const derived = derivedAt(session, node, kernelId);
  const { made, state } = derived;
  const before = made ? made.before.snapshot : state.snapshot;
  const shown =
    made && micro !== undefined
      ? micro === 0
        ? before
        : made.moments[Math.min(micro, made.moments.length) - 1]
      : undefined;
  return {
    kernel: kernelId,
    derived,
    snapshot: shown ?? state.snapshot,
    before,
    next: nextOf(state),
    microSteps: made?.moments.length ?? 0,
  };
}

/** The views of all chosen kernels. */
export function viewsAt(session: Session): readonly View[] {
  return session.kernels.map((id) => viewAt(session, id));
}

/** Micro-steps of the event at a node: those of the kernel that has most. */
export function microSteps(session: Session, nodeId: number): number {
  return Math.max(
    0,
    ...session.kernels.map((id) => derivedAt(session, nodeId, id).made?.moments.length ?? 0),
  );
}

/** Whether any kernel would move on a step from a node. */
export function canStep(session: Session, nodeId: number): boolean {
  return session.kernels.some((id) => nextOf(derivedAt(session, nodeId, id).state).kind !== 'stop');
}
