import type { Kernel } from '#kvm/kernel.ts';
import type { StreamName } from '#machine/code-pointer.ts';
import type { VcpuSnapshot } from '#machine/facts.ts';
import type { Outcome } from '#program/report.ts';
import type { Next, StepRun } from '#program/runner.ts';
import type { Program, UserspaceOp } from '#program/types.ts';

/** A place in the program's code. */
export interface Place {
  readonly stream: StreamName;
  readonly index: number;
}

/** A step that the draft covers. */
export interface Walked {
  readonly next: Exclude<Next, { kind: 'stop' }>;
  readonly made: StepRun;
}

/** How a stretch in the guest ends, as userspace sees it. */
export type Ending =
  | { readonly kind: 'exit'; readonly reason: string; readonly place?: Place }
  /** Code that has ended, or what cannot be expressed: the draft writes to a port of its own. */
  | { readonly kind: 'end'; readonly place: Place }
  | { readonly kind: 'errno'; readonly errno: number };

/** One entry of userspace's list as it was carried out; undefined stands for the run that the program starts in. */
export interface Deed {
  readonly op: UserspaceOp | undefined;
  readonly outcome: Outcome | undefined;
  /** For a KVM_RUN that enters the guest: the end of the stretch. */
  readonly ending: Ending | undefined;
  readonly after: VcpuSnapshot;
  /** What the vCPU is afterwards depends on the processor. */
  readonly vague: boolean;
}

/** What a draft says, before it is C. */
export interface Plan {
  readonly program: Program;
  readonly kernel: Kernel;
  readonly walked: readonly Walked[];
  readonly deeds: readonly Deed[];
  /** Where L1 puts L2's pointer to another operation, by index of L1's operation. */
  readonly jumps: ReadonlyMap<number, number>;
  /** Operations at which the draft ends, as they cannot be expressed. */
  readonly stop: Place | undefined;
  /** Entries of userspace's list that are left out, by index. */
  readonly skipped: readonly number[];
  /** The program goes on, the draft does not. */
  readonly cut: boolean;
  readonly unexpressed: readonly string[];
}

/** The steps at one operation of the code. */
export function stepsAt({ walked }: Plan, stream: StreamName, index: number): readonly Walked[] {
  return walked.filter(({ next }) => next.kind === 'guest' && next.stream === stream && next.index === index);
}

export function isStop({ stop }: Plan, stream: StreamName, index: number): boolean {
  return stop?.stream === stream && stop.index === index;
}

/** Whether L1 ever intercepts it, at first or by an edit of vmcb12. */
export function everIntercepts(program: Program, name: Program['vmcb12']['intercepts'][number]): boolean {
  return (
    program.vmcb12.intercepts.includes(name) ||
    program.code.l1.some((op) => op.do === 'VMCB12' && op.intercepts?.[name] === true)
  );
}

/** Whether a read of EFER in L2 may exit to L1. */
export function readsMayExit(program: Program): boolean {
  return (
    everIntercepts(program, 'MSR_PROT') &&
    (program.vmcb12.msrpm.EFER.read ||
      program.code.l1.some((op) => op.do === 'VMCB12' && op.msrpm?.EFER.read === true))
  );
}

/** Whether L1 ever gives L2 nested page tables. */
export function everPages({ vmcb12, code }: Program): boolean {
  return vmcb12.nestedPaging || code.l1.some((op) => op.do === 'VMCB12' && op.nestedPaging === true);
}

/** Whether the VMRUN at this operation of L1, which L1 comes to once at most, faults. */
export function faults(plan: Plan, index: number): boolean {
  return stepsAt(plan, 'l1', index)[0]?.made.step.outcome.kind === 'exception';
}
