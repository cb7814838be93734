import { fail, ok, type Result } from '#base/result.ts';
import { parseProgram } from '../parse.ts';
import { choices, quote, type ProgramProblem } from '../problem.ts';
import type { PathEntry } from '../report.ts';
import type { Actor, Context, Op, Program } from '../types.ts';
import { comparable, type RecordedCase, type RecordedStep, type Vocabulary } from './compare.ts';
import { traceCpu, traceLine, type TraceLine } from './ftrace-lines.ts';
import { stateNote } from './state-note.ts';

/**
 * From the text of a trace to a recorded case. Two notes go with each step, written to trace_marker by the VMM:
 *
 *     step 1: L2 in L1: VMMCALL
 *     after: guest_mode=0 gif=1 efer=0xd00 next=L1
 *
 * What the trace does not tell stays unrecorded: nothing here comes from the model.
 */

/** What was traced, and on what. */
export interface TraceSource {
  /** A document of the program format. */
  readonly program: unknown;
  readonly kernel: string;
  readonly origin: string;
}

/** Exits that belong to an operation, as kvm_exit prints them; others are the host's, or the test's own. */
const reasons: Readonly<Partial<Record<Op['do'], string>>> = {
  VMRUN: 'vmrun',
  VMLOAD: 'vmload',
  VMSAVE: 'vmsave',
  VMMCALL: 'hypercall',
  STGI: 'stgi',
  CLGI: 'clgi',
  SKINIT: 'skinit',
  INVLPGA: 'invlpga',
  CPUID: 'cpuid',
  HLT: 'hlt',
  RSM: 'rsm',
  WRMSR: 'msr',
  RDMSR: 'msr',
  EXIT: 'io',
  TRIPLE_FAULT: 'shutdown',
};

/** The functions with which an ioctl's path begins. Source: x86.c, nested.c of Linux 6.12.117. */
export const ioctlEntries: Readonly<Partial<Record<Op['do'], string>>> = {
  KVM_RUN: 'kvm_arch_vcpu_ioctl_run',
  KVM_SET_SREGS: 'kvm_arch_vcpu_ioctl_set_sregs',
  KVM_SET_MSRS: 'do_set_msr',
  KVM_GET_NESTED_STATE: 'svm_get_nested_state',
  KVM_SET_NESTED_STATE: 'svm_set_nested_state',
  KVM_SET_VCPU_EVENTS: 'kvm_vcpu_ioctl_x86_set_vcpu_events',
};

const isOwnExit = (op: Op['do'], reason: string): boolean =>
  reason === reasons[op] || (reason.endsWith(' excp') && reason !== 'PF excp');

/** A step while its lines are read. */
class StepDraft {
  readonly number: string;
  readonly actor: Actor;
  readonly context: Context | null;
  readonly op: Op['do'];
  after: Readonly<Record<string, unknown>> = {};
  private exit: string | null = null;
  private readonly path: PathEntry[] = [];
  /** `handler`: an exit of this step was taken, its handler comes; `path`: what is entered belongs to the step. */
  private taking: 'nothing' | 'handler' | 'path' = 'nothing';
  /** The depth of the ioctl that the step is in: where it returns, the path ends. */
  private ioctl = 0;

  constructor(number: string, actor: Actor, context: Context | null, op: Op['do']) {
    this.number = number;
    this.actor = actor;
    this.context = context;
    this.op = op;
  }

  read(line: TraceLine): void {
    if (line.kind === 'event' && line.name === 'kvm_entry') this.taking = 'nothing';
    else if (line.kind === 'event' && line.name === 'kvm_exit') this.exited(line.args);
    else if (line.kind === 'enter') this.entered(line);
    else if (line.kind === 'leave' && line.depth <= this.ioctl) this.taking = 'nothing';
  }

  private exited(args: string): void {
    const reason = /\breason (.+?) rip\b/.exec(args)?.[1];
    this.taking = 'nothing';
    if (this.context === null || reason === undefined || !isOwnExit(this.op, reason)) return;
    this.exit = reason;
    this.taking = 'handler';
  }

  private entered({ fn, depth, returns }: Extract<TraceLine, { kind: 'enter' }>): void {
    const entry = this.context === null ? ioctlEntries[this.op] : ioctlEntries.KVM_RUN;
    const enters = fn === entry && this.path.length === 0;
    if (enters) this.ioctl = depth;
    const starts = this.context === null ? enters : this.taking === 'handler' && fn === 'svm_handle_exit';
    if (starts) this.taking = 'path';
    if (this.taking !== 'path') return;
    this.path.push({ fn, depth });
    if (returns && depth <= this.ioctl) this.taking = 'nothing';
  }

  /** The step as recorded; `pathIndex` keeps a path and says where. */
  finish(vocabulary: Vocabulary, pathIndex: (path: string) => number): RecordedStep {
    const { actor, context, op, exit, after } = this;
    const recorded = { actor, context, op, exit, after };
    // Freeing the vCPU is no ioctl with an entry of its own.
    if (op === 'CLOSE') return recorded;
    return { ...recorded, path: pathIndex(comparable(this.path, vocabulary).join(' ')) };
  }
}

const operationsOf = ({ code, userspace }: Program): ReadonlySet<string> =>
  new Set([...Object.values(code).flat(), ...userspace].map((op) => op.do));

/** The step that a note begins, a problem with it, or undefined where it begins none. */
function stepOf(note: string, known: ReadonlySet<string>): Result<StepDraft, string> | undefined {
  const found = /\bstep (\d+): (L1|L2|SMM|userspace)(?: in (L1|L2|SMM))?: (\w+)/.exec(note);
  if (!found) return undefined;
  const [, number = '', actor, inContext, op = ''] = found;
  if (!known.has(op)) return fail(`${quote(op)} is no operation of the program, ${choices(op, [...known])}`);
  const context = actor === 'userspace' ? null : ((inContext ?? actor) as Context);
  return ok(new StepDraft(number, actor as Actor, context, op as Op['do']));
}

function draftsOf(text: string, known: ReadonlySet<string>): Result<readonly StepDraft[], ProgramProblem> {
  const drafts: StepDraft[] = [];
  let cpu: string | undefined;
  for (const [index, row] of text.split('\n').entries()) {
    const wrong = (message: string) => fail({ path: `line ${index + 1}`, message });
    const own = traceCpu(row);
    cpu ??= own;
    if (own !== undefined && own !== cpu)
      return wrong(`CPU ${own} after CPU ${cpu}; pin the vCPU and trace one CPU`);
    const line = traceLine(row);
    if (line?.kind !== 'note') {
      if (line) drafts.at(-1)?.read(line);
      continue;
    }
    const begun = stepOf(line.text, known);
    if (begun?.ok === false) return wrong(begun.error);
    // A note above the tracer's text and a marker inside it may both announce the step.
    if (begun && begun.value.number !== drafts.at(-1)?.number) drafts.push(begun.value);
    const after = stateNote(line.text);
    const draft = drafts.at(-1);
    if (after && draft) draft.after = { ...draft.after, ...after };
  }
  return ok(drafts);
}

/** The recorded case that a trace holds, or the first thing that is wrong with it. */
export function caseFromTrace(
  text: string,
  { program, kernel, origin }: TraceSource,
  vocabulary: Vocabulary,
): Result<RecordedCase, ProgramProblem> {
  const parsed = parseProgram(program);
  if (!parsed.ok) return parsed;
  const drafts = draftsOf(text, operationsOf(parsed.value));
  if (!drafts.ok) return drafts;
  if (drafts.value.length === 0)
    return fail({ path: 'trace', message: 'no step; a marker such as "step 0: L1: VMRUN" begins one' });
  const paths: string[] = [];
  const pathIndex = (path: string): number => {
    if (!paths.includes(path)) paths.push(path);
    return paths.indexOf(path);
  };
  const steps = drafts.value.map((draft) => draft.finish(vocabulary, pathIndex));
  // The trace ends somewhere; the kernel may have gone on.
  return ok({ program, origin, paths, kernels: { [kernel]: { open: true, steps } } });
}
