import { Interpreter } from '#kvm/interpreter.ts';
import type { Kernel } from '#kvm/kernel.ts';
import { Recorder, type CallRun, type Tracepoint } from '#kvm/recorder.ts';
import { exitReasonName } from '#kvm/words.ts';
import { ChartPort } from '#machine/chart-port.ts';
import { pointerIndex, pointerStream, type StreamName } from '#machine/code-pointer.ts';
import { stateOf, type VcpuSnapshot, type VcpuView } from '#machine/facts.ts';
import { boot } from './boot.ts';
import { operateFromUserspace, operateInGuest, type Returned } from './operate.ts';
import { invariants, type Invariant } from './invariants.ts';
import { afterOf, codeOf, contextOf, exitOf, outcomeOf, wasReset } from './outcome.ts';
import { decisionsOf, pathOf } from './path.ts';
import type { Report, ReportStep } from './report.ts';
import { noHistory, type InvariantHistory } from './step-words.ts';
import type { CodeOp, Context, Op, Program, UserspaceOp } from './types.ts';
import { violationsOf } from './violations.ts';

/** One program on one kernel, at one moment. A value: a step makes a new one. */
export interface RunState {
  readonly kernel: Kernel;
  readonly snapshot: VcpuSnapshot;
  readonly code: Readonly<Record<StreamName, readonly CodeOp[]>>;
  readonly userspace: readonly UserspaceOp[];
  /** The entry of `userspace` that comes next. */
  readonly userspaceAt: number;
  readonly history: InvariantHistory;
  /** Those that every step is held against. */
  readonly invariants: readonly Invariant[];
}

/** What would be done next. */
export type Next =
  | {
      readonly kind: 'guest';
      readonly stream: StreamName;
      readonly index: number;
      readonly op: CodeOp;
      readonly actor: Context;
      readonly context: Context;
    }
  | { readonly kind: 'userspace'; readonly index: number; readonly op: UserspaceOp }
  | { readonly kind: 'stop'; readonly why: string };

/** A step that was made, with all that ran in it. */
export interface StepRun {
  readonly before: RunState;
  readonly state: RunState;
  readonly step: Omit<ReportStep, 'index'>;
  readonly violations: readonly string[];
  readonly calls: readonly CallRun<VcpuSnapshot>[];
  readonly traces: readonly Tracepoint[];
  /** The vCPU after each micro-step. */
  readonly moments: readonly VcpuSnapshot[];
}

export function start(kernel: Kernel, program: Program, asked: readonly Invariant[] = invariants): RunState {
  return {
    kernel,
    snapshot: boot(kernel, program),
    code: program.code,
    userspace: program.userspace,
    userspaceAt: 0,
    history: noHistory,
    invariants: asked,
  };
}

/** Whether userspace has the vCPU. */
export function inUserspace(vcpu: VcpuView): boolean {
  return ['userspace', 'shutdown'].includes(stateOf(vcpu, 'run'));
}

export function nextOf(state: RunState): Next {
  const { snapshot } = state;
  if (snapshot.context.freed) return { kind: 'stop', why: 'the vCPU is freed' };
  if (stateOf(snapshot, 'run') === 'kvm') return { kind: 'stop', why: 'the vCPU was reset' };
  if (stateOf(snapshot, 'run') === 'halted')
    return { kind: 'stop', why: 'the vCPU is halted and nothing wakes it' };
  if (inUserspace(snapshot)) {
    const op = state.userspace[state.userspaceAt];
    if (!op) return { kind: 'stop', why: 'userspace has the vCPU and does nothing more' };
    return { kind: 'userspace', index: state.userspaceAt, op };
  }
  if (wasReset(snapshot)) return { kind: 'stop', why: 'the vCPU was reset and runs firmware' };
  const stream = pointerStream(snapshot.context.rip);
  const index = pointerIndex(snapshot.context.rip);
  const op = state.code[stream][index];
  if (!op || op.do === 'END') return { kind: 'stop', why: `${codeOf(snapshot)}'s code has ended` };
  return { kind: 'guest', stream, index, op, actor: codeOf(snapshot), context: contextOf(snapshot) };
}

/** Put an operation where the next one would come from. */
export function insert(state: RunState, op: Op): RunState {
  if (inUserspace(state.snapshot)) {
    return { ...state, userspace: state.userspace.toSpliced(state.userspaceAt, 0, op as UserspaceOp) };
  }
  const stream = pointerStream(state.snapshot.context.rip);
  const index = pointerIndex(state.snapshot.context.rip);
  return {
    ...state,
    code: { ...state.code, [stream]: state.code[stream].toSpliced(index, 0, op as CodeOp) },
  };
}

/** The entry at which the list goes on after an exit: the next one that has no `on`, or the right one. */
function entryAfterExit(state: RunState, from: number, snapshot: VcpuSnapshot): number {
  const reason = exitReasonName(snapshot.context.exitReason);
  const found = state.userspace.findIndex(
    ({ on }, index) => index >= from && (on === undefined || on === reason),
  );
  return found < 0 ? state.userspace.length : found;
}

/** Do what comes next. Undefined where nothing does. */
export function step(state: RunState): StepRun | undefined {
  const next = nextOf(state);
  if (next.kind === 'stop') return undefined;
  const port = new ChartPort(state.snapshot);
  port.apply({ type: 'WRITE', register: 'warned', value: 0 });
  const recorder = new Recorder<VcpuSnapshot>(() => port.snapshot);
  const interpreter = new Interpreter(state.kernel, port, recorder);
  let returned: Returned | undefined;
  if (next.kind === 'guest') operateInGuest(interpreter, port, next.op);
  else returned = operateFromUserspace(interpreter, port, next.op);
  return finish(state, next, port.snapshot, recorder, returned);
}

function finish(
  before: RunState,
  next: Exclude<Next, { kind: 'stop' }>,
  snapshot: VcpuSnapshot,
  recorder: Recorder<VcpuSnapshot>,
  returned: Returned | undefined,
): StepRun {
  const { traces, calls, moments } = recorder;
  const done = next.kind === 'userspace' ? before.userspaceAt + 1 : before.userspaceAt;
  const exited = traces.some(({ event, args }) => event === 'kvm_userspace_exit' && args['errno'] === 0);
  const made: Omit<ReportStep, 'index'> = {
    actor: next.kind === 'guest' ? next.actor : 'userspace',
    context: next.kind === 'guest' ? next.context : null,
    op: next.op,
    exit: exitOf(traces),
    path: pathOf(calls),
    decisions: decisionsOf(calls),
    outcome: outcomeOf(next.op, traces, snapshot, returned),
    after: afterOf(snapshot),
  };
  const judged = violationsOf(before.history, before.snapshot, snapshot, made, calls, before.invariants);
  const state: RunState = {
    ...before,
    snapshot,
    history: judged.history,
    userspaceAt: exited ? entryAfterExit(before, done, snapshot) : done,
  };
  return { before, state, step: made, violations: judged.violations, calls, traces, moments };
}

/** Steps that a report has at most: a program that goes round and round ends here. */
const stepLimit = 10_000;

/** The whole program on one kernel. */
export function run(kernel: Kernel, program: Program): Report {
  const steps: ReportStep[] = [];
  const violations: { step: number; invariant: string }[] = [];
  let state = start(kernel, program);
  for (let index = 0; index < stepLimit; index += 1) {
    const made = step(state);
    if (!made) break;
    steps.push({ index, ...made.step });
    violations.push(...made.violations.map((invariant) => ({ step: index, invariant })));
    state = made.state;
  }
  return { format: 'svmscope/report@1', title: program.title, kernel: kernel.id, steps, violations };
}
