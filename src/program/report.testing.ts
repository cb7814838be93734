import { exceptionName } from '#isa/exceptions.ts';
import { kernelOf } from '#kvm/kernels.testing.ts';
import type { Outcome, Report, ReportStep } from './report.ts';
import { run } from './runner.ts';
import { defaults, type Program } from './types.ts';

/** Programs in few words, and reports as lines to compare with. */

/** What a program has that is not the default. */
export type Parts = Partial<{ readonly [Part in keyof Omit<Program, 'title'>]: Partial<Program[Part]> }>;

/** A program whose L1 has SVME set; only what differs from the defaults is given. */
export function programWith({ host, guest, vmcb12, code, userspace }: Parts): Program {
  return {
    title: 'a program',
    host: { ...defaults.host, ...host },
    guest: { ...defaults.guest, efer: ['LME', 'LMA', 'NX', 'SVME'], ...guest },
    vmcb12: { ...defaults.vmcb12, ...vmcb12 },
    code: { l1: [{ do: 'VMRUN' }], l2: [], smm: defaults.smm, ...code },
    userspace: (userspace as Program['userspace'] | undefined) ?? [],
  };
}

/** What a program did on a kernel. */
export function reportOn(kernel: string, parts: Parts): Report {
  return run(kernelOf(kernel), programWith(parts));
}

/** An outcome in a word or two. */
export function outcomeWord(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'nested-vmexit':
      return outcome.exitCode < 0 ? '#VMEXIT -1' : `#VMEXIT 0x${outcome.exitCode.toString(16)}`;
    case 'exception':
      return exceptionName(outcome.vector);
    case 'userspace-exit':
      return outcome.reason;
    case 'ioctl':
      return `= ${outcome.count === undefined ? outcome.errno : `count ${outcome.count}`}`;
    default:
      return outcome.kind;
  }
}

/** The state after a step: what is set of it, and whose code runs next, in whose context. */
export function stateWord({ after }: ReportStep): string {
  const flags = [
    after.guestMode ? 'l2' : 'l1',
    after.svme ? 'svme' : '',
    after.gif ? 'gif' : '',
    after.nestedAllocated ? 'nested' : '',
    after.smm ? 'smm' : '',
    after.tripleFaultRequested ? 'tf' : '',
    // It follows guest mode everywhere; where it does not, say so.
    (after.vmcb === 'vmcb02') === after.guestMode ? '' : after.vmcb,
  ].filter(Boolean);
  const { next } = after;
  const goesOn =
    next === null
      ? ''
      : next.code === next.context
        ? ` > ${next.code}`
        : ` > ${next.code} as ${next.context}`;
  return `${flags.join(' ')}${goesOn}`;
}

/** A step without its state: who did what, and what came of it. */
export function outcomeLine(step: ReportStep): string {
  const by =
    step.context === null || step.context === step.actor ? step.actor : `${step.actor} as ${step.context}`;
  return `${by} ${step.op.do}: ${outcomeWord(step.outcome)}`;
}

/** A step in one line. */
export function stepLine(step: ReportStep): string {
  return `${outcomeLine(step)} | ${stateWord(step)}`;
}

/** What a program did on a kernel, a line for each step. */
export function lines(kernel: string, parts: Parts): readonly string[] {
  return reportOn(kernel, parts).steps.map(stepLine);
}

/** The same without the states. */
export function outcomes(kernel: string, parts: Parts): readonly string[] {
  return reportOn(kernel, parts).steps.map(outcomeLine);
}

/** The last step that a program came to. */
export function lastStep(report: Report): ReportStep {
  return report.steps.at(-1)!;
}

/** What the last operation of a program came to, with the function if a test of it that held decided that. */
export function refusal(kernel: string, parts: Parts, [fn, test]: readonly [string, string]): string {
  const step = lastStep(reportOn(kernel, parts));
  const decided = step.decisions.some((one) => one.fn === fn && one.test === test && one.value);
  return `${outcomeLine(step)}, ${decided ? '' : 'not '}by ${fn}()`;
}
