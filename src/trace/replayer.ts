import type { EventQuery, Lane } from './questions.ts';

/**
 * An event as the index remembers it, less than its line says. One object stands for every event in turn: take from it
 * what is needed, keep nothing of it.
 */
export interface Glance {
  /** As the kernel names it. */
  readonly name: string;
  /** Of exits, of injected ones and of exits to userspace; else empty. */
  readonly reason: string;
  /** Of entries, exits and VMRUNs; else undefined. */
  readonly rip: bigint | undefined;
  /** Of `kvm_msr`: the number of the MSR; else undefined. */
  readonly msr: number | undefined;
  /** Of `kvm_msr`. */
  readonly write: boolean;
  readonly gp: boolean;
  /** Of `kvm_msr`: what was read or written; of exits: info1; else undefined. */
  readonly value: bigint | undefined;
  /** Of `kvm_smm_transition`. */
  readonly entering: boolean;
  /** Of exits, on kernels that print them: which were pending of the requests that the replay asks for; else undefined. */
  readonly requests: bigint | undefined;
  /** Of `kvm_nested_intercepts`: L1 intercepts both STGI and CLGI. */
  readonly interceptsGif: boolean;
  /** Seconds since the event before it; undefined where the tracer prints no time. */
  readonly pause?: number | undefined;
  /** Events of its vCPU may be missing right before it. */
  readonly afterLoss: boolean;
  /** The name is one whose text is read, but this text was not understood. */
  readonly unread: boolean;
}

/** What follows a vCPU from event to event. What it knows is one integer below 2^31, so that an index can keep it. */
export interface Replayer {
  /** Before the first event. */
  readonly start: number;
  /** After an event of the vCPU. */
  step(state: number, event: Glance): number;
  /** Who has the processor. */
  lane(state: number): Lane;
  /** Whether an event, met in a state, is a place of this kind. */
  isPlace(kind: NonNullable<EventQuery['jump']>, state: number, event: Glance): boolean;
}
