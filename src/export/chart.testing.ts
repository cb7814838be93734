import { createActor } from 'xstate';
import type { VcpuSnapshot } from '#machine/facts.ts';
import { vcpuMachine } from '#machine/vcpu.ts';
import type { VcpuEvent } from '#machine/effects.ts';

/** The chart after some events. */
export function chartAfter(...events: readonly VcpuEvent[]): VcpuSnapshot {
  const actor = createActor(vcpuMachine, { input: {} }).start();
  for (const event of events) actor.send(event);
  return actor.getSnapshot();
}
