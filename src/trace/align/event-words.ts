import { eferMask } from '#isa/efer.ts';
import { exitTraceName } from '#isa/exit-codes.ts';
import { msrIndex } from '#kvm/functions/msr.ts';
import { allNodes } from '#kvm/ir.ts';
import type { Kernel } from '#kvm/kernel.ts';
import type { Tracepoint } from '#kvm/recorder.ts';
import { errno, exitReasonName } from '#kvm/words.ts';
import type { MsrName } from '#program/types.ts';
import type { SeenEvent } from '../seen.ts';

/** The MSRs that the model knows, by their number. Source: AMD APM, Volume 2, appendix "MSR Cross-Reference". */
export const msrNumbers: Readonly<Record<MsrName, number>> = {
  EFER: 0xc0000080,
  VM_HSAVE_PA: 0xc0010117,
  VM_CR: 0xc0010114,
};

/** The MSR with a number; undefined for one that the model does not know. */
export function msrNamed(number: number): MsrName | undefined {
  return (Object.keys(msrNumbers) as readonly MsrName[]).find((name) => msrNumbers[name] === number);
}

/**
 * What is compared of an MSR access. A written value comes from the recording itself; of a value of EFER that is read
 * only SVME counts, since memory of L1 has a say in the other bits.
 */
function msrWord(write: boolean, msr: number, value: bigint, gp: boolean): string {
  const what = `kvm_msr ${write ? 'write' : 'read'} ${msr.toString(16)}`;
  if (gp) return `${what} #GP`;
  if (write || msr !== msrNumbers.EFER) return what;
  return `${what} SVME=${value & BigInt(eferMask('SVME')) ? 1 : 0}`;
}

/** A recorded event as it is compared. */
export function wordOfEvent({ name, args }: SeenEvent): string {
  switch (args.of) {
    case 'exit':
    case 'inject':
      return `${name} ${args.reason}`;
    case 'msr':
      return msrWord(args.write, args.msr, args.value, args.gp);
    case 'exception':
      return `${name} ${args.vector}`;
    case 'userspace':
      return `${name} ${args.reason}`;
    case 'smm':
      return `${name} ${args.entering ? 'entering' : 'leaving'}`;
    default:
      return name;
  }
}

function userspaceReason(reason: number, returned: number): string {
  if (returned === errno.EINTR) return 'restart';
  return returned < 0 ? 'error' : exitReasonName(reason);
}

const numberOf = (index: number): number => {
  const found = (Object.keys(msrIndex) as readonly MsrName[]).find((name) => msrIndex[name] === index);
  return found ? msrNumbers[found] : 0;
};

/** A tracepoint of the model as it is compared. */
export function wordOfTrace({ event, args }: Tracepoint): string {
  const arg = (name: string): number => args[name] ?? 0;
  if (args['exit_code'] !== undefined) return `${event} ${exitTraceName(arg('exit_code') | 0)}`;
  switch (event) {
    case 'kvm_msr':
      return msrWord(arg('write') === 1, numberOf(arg('ecx')), BigInt(arg('data')), arg('exception') === 1);
    case 'kvm_inj_exception':
      return `${event} ${arg('vector')}`;
    case 'kvm_userspace_exit':
      return `${event} ${userspaceReason(arg('reason'), arg('errno'))}`;
    case 'kvm_smm_transition':
      return `${event} ${arg('entering') ? 'entering' : 'leaving'}`;
    default:
      return event;
  }
}

const known = new WeakMap<Kernel, ReadonlySet<string>>();

/** The tracepoints that a kernel of the model can fire. */
export function tracepointsOf(kernel: Kernel): ReadonlySet<string> {
  let names = known.get(kernel);
  if (!names) {
    const nodes = Object.values(kernel.functions).flatMap((fn) => allNodes(fn.body));
    names = new Set(
      nodes.flatMap((node) => (node.kind === 'trace' && node.event.startsWith('kvm_') ? [node.event] : [])),
    );
    known.set(kernel, names);
  }
  return names;
}
