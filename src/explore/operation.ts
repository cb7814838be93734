import { Interpreter } from '#kvm/interpreter.ts';
import type { Kernel } from '#kvm/kernel.ts';
import { Recorder, type CallRun, type Tracepoint } from '#kvm/recorder.ts';
import { not } from '#machine/expr.ts';
import { pointerStream, type StreamName } from '#machine/code-pointer.ts';
import { pointerRegisters } from '#machine/registers.ts';
import { bootInto } from '#program/boot.ts';
import { isOfState, type Invariant } from '#program/invariants.ts';
import { operateFromUserspace, operateInGuest } from '#program/operate.ts';
import { contextOf, outcomeOf } from '#program/outcome.ts';
import { pathOf } from '#program/path.ts';
import type { PathEntry } from '#program/report.ts';
import { inUserspace } from '#program/runner.ts';
import { historyAfter, scopeOf, stepWords, strays, type StepMade } from '#program/step-words.ts';
import type { Op, Program } from '#program/types.ts';
import { judge } from '#program/violations.ts';
import { isUserspaceOp, whyNot } from '#session/possible.ts';
import { columnOf, strayColumn } from './columns.ts';
import { isOpen, isWritten, unwritten } from './pointers.ts';
import type { TracedPort } from './traced-port.ts';

/** An operation that was carried out on a row of values, with all that can be told of it. */
export interface Made {
  readonly step: StepMade;
  readonly calls: readonly CallRun<undefined>[];
  readonly path: readonly PathEntry[];
  /** The stream that the instruction stood in; undefined for userspace. */
  readonly stream: StreamName | undefined;
  /** One bit for each invariant, in their order. */
  /** Of the invariants that ask about the operation. */
  readonly verdicts: Verdicts;
}

/** One bit for each invariant, in their order: which are broken, and which ask for something at all. */
export interface Verdicts {
  readonly broken: number;
  readonly asked: number;
}

/** Whether free exploration can choose the operation here. */
export function canChoose(port: TracedPort, op: Op): boolean {
  if (whyNot(port, op) !== undefined) return false;
  if (isUserspaceOp(op)) return true;
  // Past the end of what is written in L2's stream there is nothing that L1 could skip.
  if (op.do === 'VMCB12' && op.rip === 'next' && !isWritten(port.read('rip12'))) return false;
  return isOpen(port.read('rip'));
}

type Numbered = readonly (readonly [number, Invariant])[];

/** The invariants asked about, by what decides them. A bit is the place in the list. */
export interface Asking {
  readonly ofStates: Numbered;
  /** What is left once the states are judged: the operation, and what the kernel asserts itself. */
  readonly ofOperations: Numbered;
}

export function askingOf(asked: readonly Invariant[]): Asking {
  const numbered = [...asked.entries()];
  return {
    ofStates: numbered.filter(([, one]) => isOfState(one)),
    ofOperations: numbered
      .filter(([, one]) => !isOfState(one) || one.asserted !== undefined)
      .map(([bit, one]) => [bit, isOfState(one) ? { ...one, when: not(1) } : one]),
  };
}

function judgeAll(list: Numbered, port: TracedPort, words: Readonly<Record<string, number>>): Verdicts {
  const scope = scopeOf(port, words);
  let broken = 0;
  let asked = 0;
  for (const [bit, one] of list) {
    const verdict = judge(one, scope);
    if (verdict !== 'idle') asked |= 1 << bit;
    if (verdict === 'broken') broken |= 1 << bit;
  }
  return { broken, asked };
}

/** Judge the invariants that a look at the state decides. */
export function judgeState(port: TracedPort, { ofStates }: Asking): Verdicts {
  port.writeColumn(columnOf('warned'), 0);
  const freed = port.read('freed') !== 0;
  return judgeAll(
    ofStates.filter(([, one]) => !(freed && one.ofLiving)),
    port,
    {},
  );
}

/** The values as they were, for what asks about the state before the operation. */
function before(port: TracedPort): { readonly read: TracedPort['read'] } {
  const values = port.values.slice();
  return {
    read: (fact) => {
      const column = columnOf(fact);
      port.note(column);
      return values[column]!;
    },
  };
}

/** A tracepoint whose arguments are looked at only when somebody asks. */
function unveiled({ event, args }: Tracepoint, { tokens }: TracedPort): Tracepoint {
  const open = {};
  for (const [name, value] of Object.entries(args))
    Object.defineProperty(open, name, { get: () => tokens.value(value) });
  return { event, args: open };
}

/** Carry out an operation that can be chosen. */
export function operate(kernel: Kernel, port: TracedPort, op: Op, asking: Asking): Made {
  const earlier = before(port);
  port.writeColumn(columnOf('warned'), 0);
  const recorder = new Recorder<undefined>(() => undefined);
  const interpreter = new Interpreter(kernel, port, recorder);
  const guest = !inUserspace(earlier);
  const stream = guest ? pointerStream(port.read('rip')) : undefined;
  const context = guest ? contextOf(earlier) : null;
  let returned: ReturnType<typeof operateFromUserspace> | undefined;
  if (isUserspaceOp(op)) returned = operateFromUserspace(interpreter, port, op);
  else operateInGuest(interpreter, port, op);
  const step: StepMade = {
    op,
    context,
    outcome: outcomeOf(
      op,
      recorder.traces.map((one) => unveiled(one, port)),
      port,
      returned,
    ),
  };
  const stray = strays[port.readColumn(strayColumn)]!;
  const words = stepWords({ stray }, earlier, port, step, recorder.calls);
  port.writeColumn(strayColumn, strays.indexOf(historyAfter(words).stray));
  const { calls } = recorder;
  return { step, calls, path: pathOf(calls), stream, verdicts: judgeAll(asking.ofOperations, port, words) };
}

/** Make the vCPU that a program begins with, of `givenRegisters()`. */
export function prepare(kernel: Kernel, port: TracedPort, program: Program): void {
  bootInto(new Interpreter(kernel, port), port, program);
  for (const name of pointerRegisters) {
    const value = port.read(name);
    if (value !== 0) port.writeColumn(columnOf(name), unwritten(value));
  }
}
