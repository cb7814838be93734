import type { Actor, Context, Op } from './types.ts';

/** What a program did on a kernel: `svmscope/report@1`. */
export interface Report {
  readonly format: 'svmscope/report@1';
  readonly title: string;
  readonly kernel: string;
  readonly steps: readonly ReportStep[];
  readonly violations: readonly Violation[];
}

export interface Violation {
  readonly step: number;
  readonly invariant: string;
}

export interface ReportStep {
  readonly index: number;
  readonly actor: Actor;
  readonly context: Context | null;
  readonly op: Op;
  /** The last #VMEXIT's reason as the kvm_exit tracepoint prints it; null where none reached KVM. */
  readonly exit: string | null;
  readonly path: readonly PathEntry[];
  readonly decisions: readonly Decision[];
  readonly outcome: Outcome;
  readonly after: After;
}

export interface PathEntry {
  readonly fn: string;
  readonly depth: number;
}

export interface Decision {
  readonly fn: string;
  readonly test: string;
  readonly value: boolean;
}

export type Outcome =
  | { readonly kind: 'resume' | 'enter-guest' | 'smm-entry' | 'smm-exit' | 'reset' | 'stop' }
  | { readonly kind: 'nested-vmexit'; readonly exitCode: number }
  | { readonly kind: 'exception'; readonly vector: number }
  | { readonly kind: 'userspace-exit'; readonly reason: string }
  | { readonly kind: 'ioctl'; readonly errno: number; readonly count?: number };

/** The state when the next operation is about to begin. */
export interface After {
  readonly guestMode: boolean;
  readonly svme: boolean;
  readonly gif: boolean;
  readonly nestedAllocated: boolean;
  readonly vmcb: 'vmcb01' | 'vmcb02';
  readonly smm: boolean;
  readonly tripleFaultRequested: boolean;
  readonly next: { readonly code: Context; readonly context: Context } | null;
}
