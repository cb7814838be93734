import { exitCode } from '#isa/exit-codes.ts';
import { Interpreter } from '#kvm/interpreter.ts';
import type { KvmFunction } from '#kvm/ir.ts';
import type { Kernel } from '#kvm/kernel.ts';
import { pointerStream } from '#machine/code-pointer.ts';
import { stateIndex } from '#machine/facts.ts';
import type { VcpuPort } from '#machine/port.ts';
import type { Vocabulary } from '#program/conformance/compare.ts';
import { operateFromUserspace, operateInGuest } from '#program/operate.ts';
import type { Op } from '#program/types.ts';
import { isUserspaceOp } from '#session/possible.ts';
import { completion } from '#kvm/functions/msr.ts';
import { resetReturn } from '#kvm/functions/run.ts';
import type { Candidate } from './candidates.ts';
import { Differs, differs, Matcher, type Stretch, type Wanted } from './matcher.ts';
import { everyWay, PartialPort, type Chooser } from './partial-port.ts';
import { columnOf, settlePointers, type PartialState } from './partial-state.ts';
import { callable } from './shared.ts';

/** One way in which something can have gone. */
export interface Way {
  readonly state: PartialState;
  /** What the model does next by itself, with nobody executing anything. */
  readonly rest: readonly Stretch[];
}

/** What is to be carried out, with which words it is compared. */
export interface Task {
  readonly kernel: Kernel;
  readonly vocabulary: Vocabulary;
  readonly candidate: Candidate;
  readonly wanted: Wanted;
  /** Where the guest goes on, as far as its RIP tells. */
  readonly goesOn: GoesOn | undefined;
  /** Gets every function that is entered. */
  readonly entered: Set<KvmFunction>;
}

/** Where an entry finds the guest, held against the exit before. */
export interface GoesOn {
  /** At the instruction that exited, or right behind it. */
  readonly near: boolean;
  /** Behind L1's last VMRUN; undefined where that is not known. */
  readonly atL1: boolean | undefined;
}

const running = stateIndex('run', 'kvm');

function isAt(port: VcpuPort, state: 'guest' | 'kvm' | 'userspace' | 'shutdown' | 'halted'): boolean {
  return port.read('run') === stateIndex('run', state);
}

function backToUserspace(interpreter: Interpreter, returned: number): void {
  if (returned !== 1 && returned !== resetReturn)
    interpreter.call('return_to_userspace', { is_exit: returned === 0 ? 1 : 0, errno: returned });
}

/** An exit of which the model knows only that KVM handles it: nothing of what its handler does moves the chart. */
function ownExit(
  { inject, smi, toUserspace }: Candidate & { readonly kind: 'own' },
  interpreter: Interpreter,
  port: VcpuPort,
): void {
  interpreter.call('processor: #VMEXIT', { exit_code: exitCode.INTR, info1: 0, saves_next_rip: 0 });
  interpreter.call('svm_vcpu_run');
  interpreter.call('svm_handle_exit');
  if (inject !== undefined) {
    if (port.read('guestMode') !== stateIndex('guestMode', 'l2')) throw differs;
    interpreter.call('nested_svm_simple_vmexit', { exit_code: inject >>> 0 });
  }
  if (smi) port.apply({ type: 'REQUEST_SMI' });
  backToUserspace(interpreter, toUserspace ? 0 : interpreter.call('vcpu_run'));
}

function operate(op: Op, interpreter: Interpreter, port: VcpuPort): void {
  if (isUserspaceOp(op)) {
    if (!isAt(port, 'userspace') && !isAt(port, 'shutdown')) throw differs;
    operateFromUserspace(interpreter, port, op);
  } else operateInGuest(interpreter, port, op);
}

/** `complete_fast_pio_out()` skips nothing where RIP is no longer what it was. Source: x86.c of Linux 6.12.117. */
function moveRip(port: VcpuPort): void {
  if (port.read('completion') !== completion.portWrite) throw differs;
  port.apply({ type: 'WRITE', register: 'completion', value: completion.none });
}

function perform(candidate: Candidate, interpreter: Interpreter, port: VcpuPort): void {
  switch (candidate.kind) {
    case 'operation':
      for (const op of candidate.first ?? []) operate(op, interpreter, port);
      if (candidate.moved) moveRip(port);
      return operate(candidate.op, interpreter, port);
    case 'exit':
      port.apply({ type: 'WRITE', register: 'opcode', value: 0 });
      interpreter.call('processor: #VMEXIT', { exit_code: candidate.code, info1: 0, saves_next_rip: 0 });
      return backToUserspace(interpreter, interpreter.call('vcpu_run_exit'));
    case 'own':
      return ownExit(candidate, interpreter, port);
    case 'back':
      port.apply({ type: 'IOCTL' });
      return backToUserspace(interpreter, 0);
  }
}

/** Where the model stops and the recording goes on: the vCPU was woken, or started anew after a reset. */
function goOn(interpreter: Interpreter, port: VcpuPort): void {
  if (isAt(port, 'halted')) {
    port.apply({ type: 'IOCTL' });
    port.apply({ type: 'WRITE', register: 'halted', value: 0 });
  }
  if (port.read('run') === running) backToUserspace(interpreter, interpreter.call('vcpu_run'));
}

function isIoctl({ candidate }: Task): boolean {
  return candidate.kind === 'operation' && isUserspaceOp(candidate.op) && candidate.op.do !== 'KVM_RUN';
}

function begins({ candidate }: Task): 'guest' | 'userspace' {
  const inGuest = candidate.kind === 'operation' ? !isUserspaceOp(candidate.op) : candidate.kind !== 'back';
  return inGuest ? 'guest' : 'userspace';
}

/** Whether the vCPU is where this can begin: in the guest, or with userspace. */
export function canBegin(task: Task, state: PartialState): boolean {
  const at = state.values[columnOf('run')]!;
  if (begins(task) === 'guest') return at === stateIndex('run', 'guest');
  return at === stateIndex('run', 'userspace') || at === stateIndex('run', 'shutdown');
}

/** Setting the nested state asks for the one that was, where nobody has: unseen. */
function enterUnseen({ candidate, kernel, entered }: Task): void {
  if (candidate.kind === 'operation' && candidate.op.do === 'KVM_SET_NESTED_STATE')
    callable(kernel, 'svm_get_nested_state', entered);
}

function run(task: Task, before: PartialState, choose: Chooser, matcher: Matcher): PartialState {
  const port = new PartialPort(before, choose);
  try {
    return runOn(port, task, before, matcher);
  } finally {
    port.leave();
  }
}

function runOn(port: PartialPort, task: Task, before: PartialState, matcher: Matcher): PartialState {
  port.apply({ type: 'WRITE', register: 'warned', value: 0 });
  const interpreter = new Interpreter(task.kernel, port, matcher);
  enterUnseen(task);
  perform(task.candidate, interpreter, port);
  if (!matcher.isClosed && !isIoctl(task)) goOn(interpreter, port);
  // A guest that was reset runs its firmware from then on.
  if (port.read('rip') === 0 && isAt(port, 'guest'))
    port.apply({ type: 'WRITE', register: 'rip', value: before.values[columnOf('rip')]! });
  const after = port.state();
  checkRip(task, before, after, matcher);
  settlePointers(after);
  return after;
}

/** A guest whose code stays the same goes on where it was; L1 goes on behind its VMRUN. */
function checkRip({ goesOn }: Task, before: PartialState, after: PartialState, matcher: Matcher): void {
  if (!goesOn || matcher.rest.length > 0) return;
  const [from, to] = [before, after].map(({ values }) => pointerStream(values[columnOf('rip')]!));
  if (from === to && !goesOn.near) throw differs;
  if (from === 'l2' && to === 'l1' && goesOn.atL1 === false) throw differs;
}

/** What comes of it; undefined where that is no way in which it can have gone. */
function unlessDiffers<Value>(work: () => Value): Value | undefined {
  try {
    return work();
  } catch (problem) {
    if (problem instanceof Differs) return undefined;
    throw problem;
  }
}

/** Every way in which this can have gone from a state, so that it fits what was recorded. */
export function* waysOf(task: Task, before: PartialState): Generator<Way> {
  if (!canBegin(task, before)) return;
  yield* everyWay((choose) =>
    unlessDiffers(() => {
      const matcher = new Matcher(task.wanted, task.vocabulary, task.entered);
      const state = run(task, before, choose, matcher);
      matcher.finish();
      return { state, rest: matcher.rest };
    }),
  );
}

/** What the model does instead, by the way that agrees longest. */
export function nearest(
  task: Task,
  before: PartialState,
): { readonly agreed: number; readonly told: readonly string[] } {
  let best: { agreed: number; told: readonly string[] } = { agreed: -1, told: [] };
  if (!canBegin(task, before)) return best;
  for (const one of everyWay((choose) =>
    unlessDiffers(() => {
      const matcher = new Matcher(task.wanted, task.vocabulary, task.entered, true);
      run({ ...task, goesOn: undefined }, before, choose, matcher);
      return { agreed: matcher.agreed, told: matcher.told };
    }),
  ))
    if (one.agreed > best.agreed) best = one;
  return best;
}
