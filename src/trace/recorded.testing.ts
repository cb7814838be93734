import { exitTraceName } from '#isa/exit-codes.ts';
import { msrIndex } from '#kvm/functions/msr.ts';
import type { Tracepoint } from '#kvm/recorder.ts';
import { exitReasonName } from '#kvm/words.ts';
import { valueOf } from '#machine/facts.ts';
import { interceptWordRegisters } from '#machine/registers.ts';
import { kernelOf } from '#kvm/kernels.testing.ts';
import { start, step, type StepRun } from '#program/runner.ts';
import type { Program, UserspaceOp } from '#program/types.ts';
import { isUserspaceOp } from '#session/possible.ts';
import type { EventArgs, SeenEvent } from './seen.ts';
import type { StretchStep } from './take-write.ts';

/** What a tracer would have recorded of the model itself: its tracepoints as events, its steps as aligned ones. */

const msrNumbers: Readonly<Record<number, number>> = {
  [msrIndex.EFER]: 0xc000_0080,
  [msrIndex.VM_HSAVE_PA]: 0xc001_0117,
  [msrIndex.VM_CR]: 0xc001_0114,
};

function argsOf({ event, args }: Tracepoint, { before, state }: StepRun): EventArgs | undefined {
  const old = before.snapshot.context;
  const now = state.snapshot.context;
  switch (event) {
    case 'kvm_entry':
      return { of: 'entry', rip: BigInt(now.rip), immediateExit: false };
    case 'kvm_exit':
    case 'kvm_nested_vmexit':
      return {
        of: 'exit',
        reason: exitTraceName(args['exit_code']! | 0),
        rip: BigInt(old.rip),
        info1: BigInt(now.exitInfo1),
        info2: 0n,
        requests: undefined,
      };
    case 'kvm_nested_vmenter':
      return {
        of: 'vmenter',
        rip: BigInt(old.rip + 1),
        vmcb12: 0x20000n,
        nestedRip: BigInt(old.rip12),
        npt: old.np12 === 1,
      };
    case 'kvm_nested_vmexit_inject':
      return { of: 'inject', reason: exitTraceName(args['exit_code']! | 0), info1: 0n, info2: 0n };
    case 'kvm_nested_vmenter_failed':
      return { of: 'vmenter-failed', check: failedCheck(old) };
    case 'kvm_msr':
      return {
        of: 'msr',
        write: args['write'] === 1,
        msr: msrNumbers[args['ecx']!]!,
        value: BigInt(args['data']!),
        gp: args['exception'] === 1,
      };
    case 'kvm_inj_exception':
      return { of: 'exception', vector: args['vector']!, reinjected: false };
    case 'kvm_userspace_exit':
      return { of: 'userspace', reason: userspaceReason(args['reason']!, args['errno']!) };
    case 'kvm_smm_transition':
      return { of: 'smm', entering: args['entering'] === 1 };
    case 'kvm_hypercall':
    case 'kvm_skinit':
    case 'kvm_invlpga':
    case 'kvm_cpuid':
      return { of: 'other', text: '', unread: false };
    default:
      return undefined;
  }
}

const userspaceReason = (reason: number, errno: number): string => {
  if (errno < 0) return errno === -4 ? 'restart' : 'error';
  return exitReasonName(reason);
};

function failedCheck({ asid12, efer12 }: StepRun['before']['snapshot']['context']): string {
  if (asid12 === 0) return 'control->asid == 0';
  return (efer12 & 0x1000) === 0 ? '!(save->efer & EFER_SVME)' : '!vmcb12_is_intercept(INTERCEPT_VMRUN)';
}

/** What `kvm_nested_intercepts` prints at a VMRUN, which the model does not fire. */
function interceptsOf({ before }: StepRun): EventArgs {
  const words = interceptWordRegisters.vmcb12.map((register) => valueOf(before.snapshot, register));
  const [crs = 0, , ...others] = words;
  return { of: 'intercepts', words: [crs & 0xffff, crs >>> 16, ...others] };
}

function eventsOf(made: StepRun, line: number): readonly SeenEvent[] {
  const event = (name: string, args: EventArgs): SeenEvent => ({
    kind: 'event',
    name,
    args,
    line,
    offset: 0,
    time: undefined,
    vcpu: 0,
  });
  return made.traces.flatMap((trace) => {
    const args = argsOf(trace, made);
    if (!args) return [];
    const own = event(trace.event, args);
    return trace.event === 'kvm_nested_vmenter'
      ? [own, event('kvm_nested_intercepts', interceptsOf(made))]
      : [own];
  });
}

/** The steps of a program's run, as far as events show them. What userspace did unseen is assumed before the next. */
export function recordedSteps(id: string, program: Program): readonly StretchStep[] {
  const steps: StretchStep[] = [];
  let assumed: UserspaceOp[] = [];
  for (let made = step(start(kernelOf(id), program)); made; made = step(made.state)) {
    const { op, context } = made.step;
    const events = eventsOf(made, steps.length + 1);
    if (events.length === 0) {
      if (isUserspaceOp(op)) assumed.push(op);
      continue;
    }
    const line = steps.length + 1;
    steps.push({
      events,
      step: {
        index: steps.length,
        vcpu: 0,
        from: 0,
        to: 0,
        lines: [line, line],
        verdict: 'explained',
        op,
        context,
        assumed,
        recorded: [],
        expected: [],
        why: '',
        after: {},
      },
    });
    assumed = [];
  }
  return steps;
}
