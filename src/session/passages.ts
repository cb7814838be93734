import { nodeRuns } from '#kvm/recorder.ts';
import type { VcpuEvent } from '#machine/effects.ts';
import { registerGuards, stateGuards } from '#machine/guards.ts';
import { stateOf, type RegionName, type VcpuSnapshot } from '#machine/facts.ts';
import { firedWarns, type WarnId } from '#machine/warns.ts';
import type { StepRun } from '#program/runner.ts';
import { chartRegions, type ChartRegion, type Passage } from './chart-graph.ts';
import type { View } from './derive.ts';
import type { Session } from './session.ts';

/** What an operation did to the chart, up to the cursor. */
export interface ChartMoves {
  /** The passages taken, in order. One that was taken twice stands here twice. */
  readonly taken: readonly Passage[];
  /** The kernel's own assertions that were broken. */
  readonly warned: readonly WarnId[];
}

const nothing: ChartMoves = { taken: [], warned: [] };

/** The state that a region of the chart is in: `stateOf()` for a name of the drawing. */
export function stateIn(snapshot: VcpuSnapshot, name: string): string {
  return stateOf(snapshot, name as RegionName);
}

/** Follows the chart through one operation. */
class Follower {
  readonly taken: Passage[] = [];
  private readonly at: Map<string, string>;

  constructor(before: VcpuSnapshot) {
    this.at = new Map(chartRegions.map(({ name }) => [name, stateIn(before, name)]));
  }

  event({ type }: VcpuEvent): void {
    for (const one of chartRegions) this.take(one, (passage) => passage.event === type);
  }

  /** What an ioctl does on its way in and out is part of no function: find the passage that leads to the state. */
  arrive(snapshot: VcpuSnapshot): void {
    for (const one of chartRegions) {
      const state = stateIn(snapshot, one.name);
      if (state !== this.at.get(one.name)) this.take(one, (passage) => passage.to === state);
      this.at.set(one.name, state);
    }
  }

  private take({ name, arrows }: ChartRegion, fits: (passage: Passage) => boolean): void {
    const from = this.at.get(name);
    const passage = arrows.flatMap(({ passages }) => passages).find((one) => one.from === from && fits(one));
    if (!passage) return;
    this.taken.push(passage);
    this.at.set(name, passage.to);
  }
}

function follow(made: StepRun, shown: number): readonly Passage[] {
  const events = new Map([...nodeRuns(made.calls)].map(({ run }) => [run.index, run.events]));
  const follower = new Follower(made.before.snapshot);
  for (const [index, moment] of made.moments.slice(0, shown).entries()) {
    for (const event of events.get(index) ?? []) follower.event(event);
    follower.arrive(moment);
  }
  if (shown >= made.moments.length) follower.arrive(made.state.snapshot);
  return follower.taken;
}

/** What the operation at the cursor did to the chart of one kernel so far. */
export function chartMoves({ cursor }: Pick<Session, 'cursor'>, { derived, snapshot }: View): ChartMoves {
  const { made } = derived;
  if (!made || cursor.micro === 0) return nothing;
  return {
    taken: follow(made, cursor.micro ?? made.moments.length),
    warned: firedWarns(snapshot.context.warned),
  };
}

/** Whether a guard of the chart holds: taking the passage would break no WARN. */
export function guardHolds(snapshot: VcpuSnapshot, guard: string): boolean {
  const onState = (stateGuards as Readonly<Record<string, Readonly<Record<string, string>>>>)[guard];
  if (onState) return Object.entries(onState).every(([name, state]) => stateIn(snapshot, name) === state);
  const onRegister = Object.entries(registerGuards).find(([name]) => name === guard)?.[1];
  return onRegister !== undefined && snapshot.context[onRegister.register] === onRegister.value;
}
