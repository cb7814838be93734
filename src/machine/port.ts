import type { FactName, FactReader } from './facts.ts';
import type { RegisterName } from './registers.ts';
import type { VcpuEvent } from './effects.ts';

/** All that the interpreter of `kvm/` knows of a vCPU: read a fact, apply an effect. */
export interface VcpuPort extends FactReader {
  /** Whether a register has the value already: a write of it would change nothing. */
  holds(register: RegisterName, value: number): boolean;
  apply(event: VcpuEvent): void;
  /** Of a port that may know some bits of a fact and not others: only these bits of it. */
  readBits?(fact: FactName, mask: number): number;
  /**
   * Of a port that asks what an operation depends on: a fact as a token that can be put elsewhere unseen, and the
   * value behind a token. Any other number is its own value.
   */
  readonly tokens?: {
    readonly of: (fact: FactName) => number;
    readonly value: (token: number) => number;
    /** Whether the value has at most so many bits: a token is not cut to the width of a register. */
    readonly fits: (token: number, bits: number) => boolean;
  };
}
