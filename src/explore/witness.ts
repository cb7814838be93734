import type { Kernel } from '#kvm/kernel.ts';
import type { Invariant } from '#program/invariants.ts';
import { pointerIndex, pointerStream, type StreamName } from '#machine/code-pointer.ts';
import { start, step, type RunState, type StepRun } from '#program/runner.ts';
import { defaults, type CodeOp, type Op, type Program, type UserspaceOp } from '#program/types.ts';
import { isUserspaceOp } from '#session/possible.ts';
import type { Story } from './ways.ts';

/** A program that shows something, and the step of its report that shows it. */
export interface Witness {
  readonly program: Program;
  readonly step: number;
}

/** A story as a program, and what its last operation came to. */
interface Told extends Witness {
  readonly last: StepRun;
}

/** The program as far as it is written. */
interface Writing {
  readonly code: Readonly<Record<StreamName, CodeOp[]>>;
  readonly userspace: UserspaceOp[];
}

/** Write an operation where the run stands. False where another one stands there already. */
function write({ code, userspace }: Writing, state: RunState, op: Op): boolean {
  if (isUserspaceOp(op)) {
    userspace.push(op);
    return true;
  }
  const { rip } = state.snapshot.context;
  const stream = code[pointerStream(rip)];
  const index = pointerIndex(rip);
  if (index < stream.length) return JSON.stringify(stream[index]) === JSON.stringify(op);
  stream.push(op);
  return index === stream.length - 1;
}

/**
 * The program that carries out these operations one after the other on a kernel. Undefined where there is none: code
 * that is run a second time cannot be another.
 */
export function tell(
  kernel: Kernel,
  { setup, operations }: Story,
  title: string,
  asked?: readonly Invariant[],
): Told | undefined {
  const writing: Writing = { code: { l1: [], l2: [], smm: [] }, userspace: [] };
  let state: RunState = { ...start(kernel, setup, asked), ...writing };
  let last: StepRun | undefined;
  for (const op of operations) {
    if (!write(writing, state, op)) return undefined;
    last = step(state);
    if (!last) return undefined;
    state = last.state;
  }
  if (!last) return undefined;
  const { code, userspace } = writing;
  const smm = code.smm.length === 0 ? defaults.smm : code.smm;
  return {
    program: { ...setup, title, code: { ...code, smm }, userspace },
    step: operations.length - 1,
    last,
  };
}
