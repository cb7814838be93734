import { equalJson } from '#base/equal.ts';
import { eferNames } from '#isa/efer.ts';
import { unpackIntercepts } from '#isa/intercepts.ts';
import type { Kernel } from '#kvm/kernel.ts';
import { pointerIndex, pointerStream } from '#machine/code-pointer.ts';
import { valueOf } from '#machine/facts.ts';
import { interceptWordRegisters } from '#machine/registers.ts';
import { insert, inUserspace, nextOf, start, step, type RunState, type StepRun } from '#program/runner.ts';
import type { CodeOp, Op, Program, Vmcb12Op } from '#program/types.ts';
import { isUserspaceOp, labelOf, whyNot } from '#session/possible.ts';
import { modelWords, partingOf, recordedWords } from './compared.ts';
import type { AlignedStep } from './questions.ts';
import type { SeenEvent } from './seen.ts';
import {
  bitmapNeeded,
  codeAt,
  entryRip,
  exitRip,
  injectedReason,
  vmenterOf,
  vmrunFailure,
  wordsGiven,
} from './take-look.ts';

/** A step of a recording with the events that it consists of. */
export interface StretchStep {
  readonly step: AlignedStep;
  readonly events: readonly SeenEvent[];
}

/** How a program starts. */
export type Given = Pick<Program, 'host' | 'guest' | 'vmcb12'>;

/** A stretch written as a program, as far as the model does the same. */
export interface Written {
  readonly program: Program;
  readonly startStep: number;
  /** Tracepoints that agree, from the first step on, and steps that agree as a whole. */
  readonly agreed: number;
  readonly difference: string | undefined;
  /** Times that L1 moved L2 past an instruction. */
  readonly moved: number;
  /** What the guest must have done with no event to show for it, a sentence each. */
  readonly silent: readonly string[];
  /** What was recorded of it, as it is compared. */
  readonly compared: readonly string[];
}

/** Writes a program operation by operation, each carried out as it is written. */
export class Writing {
  private state: RunState;
  private readonly steps: readonly StretchStep[];
  private made = 0;
  private startStep: number | undefined;
  private agreed = 0;
  private moved = 0;
  /** Steps before this one are written. */
  private done = 0;
  private readonly silent: string[] = [];
  private readonly compared: string[] = [];
  /** The rip at which L2 stopped last, and that of L1 after its VMRUN. */
  private stoppedAt: bigint | undefined;
  private returnsTo: bigint | undefined;

  constructor(kernel: Kernel, title: string, given: Given, steps: readonly StretchStep[]) {
    const code = { l1: [], l2: [], smm: [] };
    this.state = start(kernel, { title, ...given, code, userspace: [] }, []);
    this.steps = steps;
  }

  /** Write what leads to the stretch, then the stretch, up to the first step where the model does something else. */
  write(title: string, given: Given, before: readonly Op[]): Written {
    const difference = this.writeAll(before);
    this.end();
    const { code, userspace } = this.state;
    return {
      program: { title, ...given, code, userspace },
      startStep: this.startStep ?? this.made,
      agreed: this.agreed,
      difference,
      moved: this.moved,
      silent: this.silent,
      compared: this.compared,
    };
  }

  private writeAll(before: readonly Op[]): string | undefined {
    for (const op of before) {
      const made = this.do(op);
      if (typeof made === 'string') return made;
    }
    for (const at of this.steps.keys()) {
      const problem = this.writeStep(at);
      if (problem !== undefined) return `line ${this.steps[at]!.step.lines[0]}: ${problem}`;
    }
    return undefined;
  }

  private writeStep(at: number): string | undefined {
    const { step: aligned } = this.steps[at]!;
    if (aligned.op === undefined || at < this.done) return undefined;
    for (const op of aligned.assumed) {
      const made = this.do(op);
      if (typeof made === 'string') return made;
    }
    if (aligned.op.do === 'VMRUN') this.prepare(at);
    this.mend(this.operation(at), at);
    this.startStep ??= this.made;
    const made = this.do(this.operation(at));
    if (typeof made === 'string') return made;
    const fired = modelWords(made.traces);
    const { words: recorded, to } = this.wordsFrom(at, fired);
    this.done = to;
    const parting = partingOf(recorded, fired);
    this.compared.push(...recorded);
    this.agreed += parting?.at ?? recorded.length;
    const problem =
      parting?.words ??
      this.follow(
        made,
        this.steps.slice(at, to).flatMap((one) => [...one.events]),
      );
    if (problem === undefined) this.agreed += 1;
    return problem;
  }

  /** The operation of a step, with what a program must say of it. */
  private operation(at: number): Op {
    const { op } = this.steps[at]!.step;
    if (op?.do !== 'WRMSR' || op.value !== undefined || op.set || op.clear) return op!;
    return op.msr === 'EFER' ? { ...op, set: [] } : { ...op, value: '0x0' };
  }

  /** What was recorded of an operation: more steps than one where that is just what the model goes on with. */
  private wordsFrom(
    at: number,
    fired: readonly string[],
  ): { readonly words: readonly string[]; readonly to: number } {
    const own = recordedWords(this.steps[at]!.events, this.state.kernel);
    const words = [...own];
    for (let to = at + 1; to <= this.steps.length; to += 1) {
      if (words.length >= fired.length || words.some((word, index) => word !== fired[index])) {
        return partingOf(words, fired) === undefined ? { words, to } : { words: own, to: at + 1 };
      }
      const next = this.steps[to];
      if (next?.step.verdict === 'explained') words.push(...recordedWords(next.events, this.state.kernel));
    }
    return { words: own, to: at + 1 };
  }

  /** Carry an operation out where it would come next. A sentence where it cannot be. */
  private do(op: Op): StepRun | string {
    const { snapshot } = this.state;
    const why = whyNot(snapshot, op);
    if (why !== undefined) return `${labelOf(op)} cannot be carried out by the model: ${why}`;
    if (!equalJson(this.standing(), op)) this.state = insert(this.state, op);
    const made = step(this.state);
    if (!made) return `${labelOf(op)} cannot be carried out by the model: the vCPU does not run on`;
    this.made += 1;
    this.state = made.state;
    return made;
  }

  /** What stands already where the next operation comes from. */
  private standing(): Op | undefined {
    const { snapshot, code, userspace, userspaceAt } = this.state;
    if (inUserspace(snapshot)) return userspace[userspaceAt];
    return code[pointerStream(snapshot.context.rip)][pointerIndex(snapshot.context.rip)];
  }

  /** Let the run stop where the stretch does. */
  private end(): void {
    if (nextOf(this.state).kind === 'guest') this.state = insert(this.state, { do: 'END' });
  }

  /** What L1 must have written into vmcb12 before this VMRUN. */
  private prepare(at: number): void {
    const { snapshot, code } = this.state;
    if (inUserspace(snapshot) || pointerStream(snapshot.context.rip) !== 'l1') return;
    const { events } = this.steps[at]!;
    const entered = vmenterOf(events);
    const edit: Vmcb12Op = { do: 'VMCB12', ...this.intercepts(events), ...this.bitmap(at) };
    const np = valueOf(snapshot, 'np12') === 1;
    const paging = entered?.npt === undefined || entered.npt === np ? {} : { nestedPaging: entered.npt };
    const onInstruction = code.l2[pointerIndex(valueOf(snapshot, 'rip12'))] !== undefined;
    const goesOn = entered !== undefined && onInstruction && entered.nestedRip !== this.stoppedAt;
    if (goesOn) this.moved += 1;
    this.edit({ ...edit, ...paging, ...(goesOn ? { rip: 'next' } : {}) });
  }

  private edit(edit: Vmcb12Op): void {
    if (Object.keys(edit).length > 1) this.do(edit);
  }

  private intercepts(events: readonly SeenEvent[]): Partial<Vmcb12Op> {
    const words = wordsGiven(events);
    if (!words) return {};
    const { snapshot } = this.state;
    const now = unpackIntercepts(
      interceptWordRegisters.vmcb12.map((register) => valueOf(snapshot, register)),
    );
    const wanted = unpackIntercepts(words);
    const changes = [
      ...wanted.filter((name) => !now.includes(name)).map((name) => [name, true] as const),
      ...now.filter((name) => !wanted.includes(name)).map((name) => [name, false] as const),
    ];
    return changes.length === 0 ? {} : { intercepts: Object.fromEntries(changes) };
  }

  private bitmap(at: number): Partial<Vmcb12Op> {
    const { snapshot } = this.state;
    const needed = bitmapNeeded(this.steps, at + 1, wordsGiven(this.steps[at]!.events));
    const bits = {
      ...(needed.read === undefined || Number(needed.read) === valueOf(snapshot, 'msrpmRead12')
        ? {}
        : { read: needed.read }),
      ...(needed.write === undefined || Number(needed.write) === valueOf(snapshot, 'msrpmWrite12')
        ? {}
        : { write: needed.write }),
    };
    return Object.keys(bits).length === 0 ? {} : { msrpm: { EFER: bits } };
  }

  /** What no event shows although the operation depends on it: the first of a few things that makes the model do the same. */
  private mend(op: Op, at: number): void {
    if (inUserspace(this.state.snapshot) || isUserspaceOp(op)) return;
    const { events } = this.steps[at]!;
    const agrees = (before: readonly CodeOp[]): boolean => {
      let { state } = this;
      for (const silent of before) {
        if (whyNot(state.snapshot, silent) !== undefined) return false;
        state = step(insert(state, silent))?.state ?? state;
      }
      const made = whyNot(state.snapshot, op) === undefined && step(insert(state, op));
      if (!made) return false;
      const fired = modelWords(made.traces);
      return partingOf(this.wordsFrom(at, fired).words, fired) === undefined;
    };
    if (agrees([])) return;
    const tries = [...silentBefore(op), ...(op.do === 'VMRUN' ? this.mends(events) : [])];
    const found = tries.find((one) => agrees([one]));
    if (!found) return;
    this.do(found);
    this.silent.push(`Before line ${events[0]!.line} the guest did ${labelOf(found)}: no event shows it.`);
  }

  private mends(events: readonly SeenEvent[]): readonly Vmcb12Op[] {
    const failed = vmrunFailure(events);
    const { snapshot } = this.state;
    const efer = eferNames(valueOf(snapshot, 'efer12')).filter((name) => name !== 'SVME');
    const fails = failed !== undefined;
    const list: readonly (readonly [RegExp, Vmcb12Op])[] = [
      [/svme/i, edited({ efer: fails ? longMode(efer) : [...longMode(efer), 'SVME'] })],
      [/asid/i, edited({ asid: fails ? 0 : 1 })],
      [/intercept|vmrun/i, edited({ intercepts: { VMRUN: !fails } })],
    ];
    const rank = (name: RegExp): number => (failed !== undefined && name.test(failed) ? 0 : 1);
    return list.toSorted(([left], [right]) => rank(left) - rank(right)).map(([, edit]) => edit);
  }

  /** Keep what the events tell of instruction pointers. A sentence where the model goes on in another's code. */
  private follow(made: StepRun, events: readonly SeenEvent[]): string | undefined {
    const entered = vmenterOf(events);
    if (entered) this.returnsTo = entered.rip;
    if (injectedReason(events) !== undefined) this.stoppedAt = exitRip(events);
    const { context, after } = made.step;
    const dropped =
      context === 'L2' && !after.guestMode && after.next !== null && injectedReason(events) === undefined;
    const rip = entryRip(events);
    const code = dropped && rip !== undefined ? codeAt(rip, exitRip(events), this.returnsTo) : undefined;
    if (rip === undefined || code === undefined) return undefined;
    return code === after.next?.code
      ? undefined
      : `recorded, the vCPU goes on at 0x${rip.toString(16)} in ${code}'s code, in the model in ${after.next?.code}'s`;
  }
}

const edited = (edit: Partial<Vmcb12Op>): Vmcb12Op => ({ do: 'VMCB12', ...edit });

/** What the guest may have done with no exit, and the operation depends on. */
const silentBefore = (op: CodeOp): readonly CodeOp[] => [
  { do: 'CPL', cpl: 3 },
  { do: 'CPL', cpl: 0 },
  ...(op.do === 'RSM'
    ? ([
        { do: 'SMRAM', efer: { clear: ['SVME'] } },
        { do: 'SMRAM', efer: { set: ['SVME'] } },
      ] as const)
    : []),
];

/** EFER of vmcb12 was not given: what L1 itself has by default. */
const longMode = (names: ReturnType<typeof eferNames>): ReturnType<typeof eferNames> =>
  names.length === 0 ? ['LME', 'LMA', 'NX'] : names;
