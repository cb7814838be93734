import { present } from '#base/assert.ts';
import type { VcpuEvent } from '#machine/effects.ts';
import type { KvmFunction, Node } from './ir.ts';
import type { Observer } from './interpreter.ts';

/** A node that ran. `index` counts the micro-steps of the operation, from 0. */
export interface NodeRun<Moment> {
  readonly kind: 'node';
  readonly index: number;
  readonly node: Node;
  /** Of a test 0 or 1; of a local or a return its value. */
  readonly value: number;
  readonly events: readonly VcpuEvent[];
  /** The vCPU right after the node. */
  readonly after: Moment;
}

/** A function that ran, with everything that ran in it. */
export interface CallRun<Moment> {
  readonly kind: 'call';
  /** The micro-step in which it is entered. */
  readonly index: number;
  readonly fn: KvmFunction;
  /** The call node of the caller; absent for what the runner itself calls. */
  readonly by: Node | undefined;
  readonly steps: readonly (NodeRun<Moment> | CallRun<Moment>)[];
  readonly returned: number;
  readonly after: Moment;
}

export type Run<Moment> = NodeRun<Moment> | CallRun<Moment>;

/** A tracepoint that fired, as the kernel names it. */
export interface Tracepoint {
  readonly event: string;
  readonly args: Readonly<Record<string, number>>;
}

interface OpenCall<Moment> {
  index: number;
  fn: KvmFunction;
  by: Node | undefined;
  steps: Run<Moment>[];
}

/** Writes down all that an interpreter runs, with the state after each node. */
export class Recorder<Moment> implements Observer {
  readonly calls: CallRun<Moment>[] = [];
  readonly traces: Tracepoint[] = [];
  /** The vCPU after each micro-step. */
  readonly moments: Moment[] = [];
  private readonly open: OpenCall<Moment>[] = [];
  private readonly now: () => Moment;

  constructor(now: () => Moment) {
    this.now = now;
  }

  private tick(): { readonly index: number; readonly after: Moment } {
    const after = this.now();
    this.moments.push(after);
    return { index: this.moments.length - 1, after };
  }

  enter(fn: KvmFunction, by: Node | undefined): void {
    this.open.push({ index: this.tick().index, fn, by, steps: [] });
  }

  leave(_fn: KvmFunction, returned: number): void {
    const closed = {
      kind: 'call',
      ...present(this.open.pop(), 'an open call'),
      returned,
      after: this.now(),
    } as const;
    (this.open.at(-1)?.steps ?? this.calls).push(closed);
  }

  node(node: Node, value: number, events: readonly VcpuEvent[]): void {
    present(this.open.at(-1), 'an open call').steps.push({
      kind: 'node',
      node,
      value,
      events,
      ...this.tick(),
    });
  }

  trace(event: string, args: Readonly<Record<string, number>>): void {
    this.traces.push({ event, args });
  }
}

/** Every node that ran, in order, with the function it stands in. */
export function* nodeRuns<Moment>(
  calls: readonly Run<Moment>[],
  fn?: KvmFunction,
): Generator<{ fn: KvmFunction; run: NodeRun<Moment> }> {
  for (const run of calls) {
    if (run.kind === 'call') yield* nodeRuns(run.steps, run.fn);
    else if (fn) yield { fn, run };
  }
}
