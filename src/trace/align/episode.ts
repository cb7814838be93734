import type { PathEntry } from '#program/report.ts';
import type { ExitArgs, SeenEvent } from '../seen.ts';

/**
 * What one vCPU did between two moments in which something else had it: from an exit of the guest, or from where
 * userspace had it, to the next entry into the guest or the return to userspace.
 */
export interface Episode {
  readonly vcpu: number;
  /** `ioctl`: one of userspace that the function tracer shows; `run`: the beginning of KVM_RUN. */
  readonly kind: 'exit' | 'run' | 'ioctl';
  /** Events among all of the recording: `from` up to and without `to`. */
  readonly from: number;
  readonly to: number;
  readonly lines: readonly [number, number];
  /** How many events, and those that somebody asks about. */
  readonly count: number;
  readonly events: readonly SeenEvent[];
  readonly exit: ExitArgs | undefined;
  /** The functions that were entered; undefined where they were not traced from the beginning. */
  readonly path: readonly PathEntry[] | undefined;
  /** The ioctl's function. */
  readonly entered: string | undefined;
  /** `open`: neither was recorded. */
  readonly end: 'entry' | 'userspace' | 'return' | 'open';
  /** Where the guest goes on. */
  readonly rip: bigint | undefined;
}
