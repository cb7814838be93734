import { fromTransition } from 'xstate';
import { getAdjacencyMap } from 'xstate/graph';
import { reduced } from '#explore/bounds.ts';
import { columnCount, factOf, strayColumn } from '#explore/columns.ts';
import { Layout } from '#explore/layout.ts';
import { canChoose } from '#explore/operation.ts';
import { settle, unwritten } from '#explore/pointers.ts';
import type { TracedPort } from '#explore/traced-port.ts';
import { Interpreter } from '#kvm/interpreter.ts';
import type { Kernel } from '#kvm/kernel.ts';
import { Recorder } from '#kvm/recorder.ts';
import { ChartPort } from '#machine/chart-port.ts';
import { pointerStream } from '#machine/code-pointer.ts';
import { readFact, type VcpuSnapshot } from '#machine/facts.ts';
import { pointerRegisters } from '#machine/registers.ts';
import { boot } from '#program/boot.ts';
import { isOfState } from '#program/invariants.ts';
import { operateFromUserspace, operateInGuest } from '#program/operate.ts';
import { contextOf, outcomeOf } from '#program/outcome.ts';
import { inUserspace } from '#program/runner.ts';
import { noHistory, scopeOf, strays, type InvariantHistory } from '#program/step-words.ts';
import type { Op } from '#program/types.ts';
import { judge, violationsOf } from '#program/violations.ts';
import { isUserspaceOp } from '#session/possible.ts';
import { exploreAnew } from './ours.ts';
import { asked, built, type Answer } from './question.ts';

/** The same space by `xstate/graph`: every operation is carried out over the statechart itself. */

interface Vcpu {
  readonly snapshot: VcpuSnapshot;
  readonly history: InvariantHistory;
}

/** The state that the graph begins with has no vCPU: to choose a setup makes one. */
interface GraphState {
  readonly vcpu: Vcpu | undefined;
}

interface GraphEvent {
  readonly type: 'setup' | 'operation';
  /** Its place in the bounds. */
  readonly index: number;
}

const [part] = reduced.parts;
if (!part) throw new Error('the reduced bounds have one part');
const { setups, operations } = part;

const setupEvents: readonly GraphEvent[] = setups.map((_, index) => ({ type: 'setup', index }));
const operationEvents: readonly GraphEvent[] = operations.map((_, index) => ({ type: 'operation', index }));

function mapPointers(port: ChartPort, change: (pointer: number) => number): void {
  for (const register of pointerRegisters) {
    const value = change(port.read(register));
    if (!port.holds(register, value)) port.apply({ type: 'WRITE', register, value });
  }
}

function begin(kernel: Kernel, setup: number): Vcpu {
  const port = new ChartPort(boot(kernel, setups[setup]!));
  mapPointers(port, unwritten);
  return { snapshot: port.snapshot, history: noHistory };
}

function operate(kernel: Kernel, { snapshot, history }: Vcpu, op: Op, onBroken: (id: string) => void): Vcpu {
  const port = new ChartPort(snapshot);
  port.apply({ type: 'WRITE', register: 'warned', value: 0 });
  const recorder = new Recorder<VcpuSnapshot>(() => port.snapshot);
  const interpreter = new Interpreter(kernel, port, recorder);
  const inGuest = !inUserspace(snapshot);
  let returned: ReturnType<typeof operateFromUserspace> | undefined;
  if (isUserspaceOp(op)) returned = operateFromUserspace(interpreter, port, op);
  else operateInGuest(interpreter, port, op);
  const step = {
    op,
    context: inGuest ? contextOf(snapshot) : null,
    outcome: outcomeOf(op, recorder.traces, port.snapshot, returned),
  };
  const judged = violationsOf(history, snapshot, port.snapshot, step, recorder.calls, asked);
  for (const id of judged.violations) onBroken(id);
  const stream = inGuest ? pointerStream(snapshot.context.rip) : undefined;
  mapPointers(port, (pointer) => settle(pointer, stream));
  return { snapshot: port.snapshot, history: judged.history };
}

/** What tells states apart: the columns that our own exploration found to count, in their modes. */
function keys(id: string): (vcpu: Vcpu) => string {
  const { reached, transitions } = exploreAnew(id);
  const layout = new Layout(reached.liveness, transitions.codes);
  const row = new Uint8Array(columnCount);
  return ({ snapshot, history }) => {
    for (const column of layout.live) {
      const fact = factOf(column);
      if (fact !== undefined) row[column] = transitions.codes.code(readFact(snapshot, fact));
    }
    row[strayColumn] = strays.indexOf(history.stray);
    layout.pack(row);
    layout.reduce();
    return String.fromCharCode(...layout.bytes);
  };
}

/** Its test reads facts only, which every port does. */
function choosable(vcpu: Vcpu): readonly GraphEvent[] {
  const port = new ChartPort(vcpu.snapshot) as unknown as TracedPort;
  return operationEvents.filter(({ index }) => canChoose(port, operations[index]!));
}

interface Traversed {
  readonly answer: Answer;
  readonly run: number;
}

/** The whole graph, and how long it took. The median of three. */
export function measureGraph(id: string): Traversed {
  const key = keys(id);
  const runs = Array.from({ length: 3 }, () => traverse(built(id), key));
  return runs.toSorted((left, right) => left.run - right.run)[1]!;
}

function traverse(kernel: Kernel, key: (vcpu: Vcpu) => string): Traversed {
  const broken = new Set<string>();
  const onBroken = (one: string): unknown => broken.add(one);
  const logic = fromTransition(
    ({ vcpu }: GraphState, { type, index }: GraphEvent): GraphState => {
      if (type === 'operation') return { vcpu: operate(kernel, vcpu!, operations[index]!, onBroken) };
      const begun = begin(kernel, index);
      for (const one of asked.filter(isOfState))
        if (judge(one, scopeOf(begun.snapshot)) === 'broken') onBroken(one.id);
      return { vcpu: begun };
    },
    { vcpu: undefined },
  );
  const begun = performance.now();
  const graph = getAdjacencyMap(logic, {
    events: ({ context: { vcpu } }) => [...(vcpu ? choosable(vcpu) : setupEvents)],
    serializeState: ({ context: { vcpu } }) => (vcpu ? key(vcpu) : ''),
  });
  const run = performance.now() - begun;
  const nodes = Object.values(graph);
  const made = nodes.reduce((sum, { transitions }) => sum + Object.keys(transitions).length, 0);
  const answer = {
    states: nodes.length - 1,
    transitions: made - setups.length,
    broken: asked.map((one) => one.id).filter((one) => broken.has(one)),
  };
  return { answer, run };
}
