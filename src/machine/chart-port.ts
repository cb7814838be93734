import { createActor } from 'xstate';
import type { VcpuEvent } from './effects.ts';
import { readFact, type FactName, type VcpuSnapshot } from './facts.ts';
import type { VcpuPort } from './port.ts';
import type { RegisterName, Registers } from './registers.ts';
import { vcpuMachine } from './vcpu.ts';

/**
 * The scope that `machine.transition()` wants. `transition()` of xstate makes an actor for it on every call; one
 * actor that never starts serves all calls here, since no action of the chart sends or spawns. A test compares both.
 */
let sharedScope: Parameters<typeof vcpuMachine.transition>[2] | undefined;

function scope(): Parameters<typeof vcpuMachine.transition>[2] {
  if (!sharedScope) {
    const actor = createActor(vcpuMachine, { input: {} });
    const internals = actor as unknown as { _actorScope: Parameters<typeof vcpuMachine.transition>[2] };
    const inner = internals._actorScope;
    sharedScope = { ...inner, actionExecutor: () => {} };
  }
  return sharedScope;
}

/** The chart in its initial state, with these registers. */
export function initialSnapshot(input: Partial<Registers>): VcpuSnapshot {
  return vcpuMachine.getInitialSnapshot(scope(), input);
}

/** The chart after one effect. The same object where nothing changes. */
export function applyToChart(snapshot: VcpuSnapshot, event: VcpuEvent): VcpuSnapshot {
  return vcpuMachine.transition(snapshot, event, scope());
}

/** The port over a snapshot of the statechart. The snapshot is replaced, never changed. */
export class ChartPort implements VcpuPort {
  snapshot: VcpuSnapshot;

  constructor(snapshot: VcpuSnapshot) {
    this.snapshot = snapshot;
  }

  read(fact: FactName): number {
    return readFact(this.snapshot, fact);
  }

  holds(register: RegisterName, value: number): boolean {
    return this.snapshot.context[register] === value;
  }

  apply(event: VcpuEvent): void {
    this.snapshot = applyToChart(this.snapshot, event);
  }
}
