/**
 * What the lines of a recording say, whichever tracer printed them. Everything here was read, nothing was concluded.
 * Formats: `include/trace/events/kvm.h` of Linux 6.1 to 6.18, trace-cmd, perf, the function_graph tracer.
 */

/** Where something stands in the text, unpacked. */
interface Placed {
  /** From 1. */
  readonly line: number;
  /** Bytes before the line. */
  readonly offset: number;
}

interface Timed extends Placed {
  /** Seconds, as the tracer printed them; undefined where it prints none. */
  readonly time: number | undefined;
  /** Which of the recording's vCPUs, from 0, as `VcpuFound` lists them; undefined where nothing tells. */
  readonly vcpu: number | undefined;
}

/** A tracepoint that fired. */
export interface SeenEvent extends Timed {
  readonly kind: 'event';
  /** As the kernel names it. */
  readonly name: string;
  readonly args: EventArgs;
}

/** Of `kvm_exit` and `kvm_nested_vmexit`. */
export interface ExitArgs {
  readonly of: 'exit';
  /** As the kernel prints it: `msr`, `vmrun`, `UD excp`; a number in hexadecimal where it has no name. */
  readonly reason: string;
  readonly rip: bigint;
  readonly info1: bigint;
  readonly info2: bigint;
  /** Requests that were pending at the exit, a bit each; undefined on kernels that do not print them. */
  readonly requests: bigint | undefined;
}

/** What an event says, as far as something here reads it. What its line does not print is undefined, never zero. */
export type EventArgs =
  | { readonly of: 'entry'; readonly rip: bigint; readonly immediateExit: boolean }
  | ExitArgs
  /** `kvm_nested_vmenter` */
  | {
      readonly of: 'vmenter';
      /** L1 after its VMRUN. */
      readonly rip: bigint;
      readonly vmcb12: bigint;
      /** Where L2 goes on. */
      readonly nestedRip: bigint;
      readonly npt: boolean | undefined;
    }
  /** `kvm_nested_intercepts`, as printed: reads of CRs, writes of CRs, exceptions, and words 3, 4 and 5 of vmcb12. */
  | { readonly of: 'intercepts'; readonly words: readonly number[] }
  /** `kvm_nested_vmexit_inject`: L1 sees a #VMEXIT. */
  | { readonly of: 'inject'; readonly reason: string; readonly info1: bigint; readonly info2: bigint }
  /** `kvm_nested_vmenter_failed`, with the check that failed. */
  | { readonly of: 'vmenter-failed'; readonly check: string }
  | {
      readonly of: 'msr';
      readonly write: boolean;
      /** The number of the MSR. */
      readonly msr: number;
      readonly value: bigint;
      /** The access was answered by #GP. */
      readonly gp: boolean;
    }
  | { readonly of: 'exception'; readonly vector: number; readonly reinjected: boolean }
  /** `kvm_userspace_exit`: `KVM_EXIT_IO`; `restart` or `error` where KVM_RUN failed. */
  | { readonly of: 'userspace'; readonly reason: string }
  | { readonly of: 'smm'; readonly entering: boolean }
  /** Any other event, and one whose text cannot be read: its text. */
  | { readonly of: 'other'; readonly text: string; readonly unread: boolean };

/** A function was entered, or returned from: lines of the function_graph tracer. */
export interface SeenCall extends Timed {
  readonly kind: 'enter' | 'leave';
  /** Empty where a `}` does not name it. */
  readonly fn: string;
  readonly depth: number;
  /** The line is call and return in one. */
  readonly leaf: boolean;
}

/** Something is missing here: the buffer of the tracer overran. */
export interface SeenLost extends Placed {
  readonly kind: 'lost';
  readonly cpu: number | undefined;
  /** How many events; undefined where the tracer does not say. */
  readonly count: number | undefined;
}

/** A comment, a marker, or a line of the tracer about itself. */
export interface SeenNote extends Placed {
  readonly kind: 'note';
  readonly text: string;
}

/** A line that nothing here can read. */
export interface SeenUnknown extends Placed {
  readonly kind: 'unknown';
  readonly text: string;
}

export type Seen = SeenEvent | SeenCall | SeenLost | SeenNote | SeenUnknown;
