import type { FactName } from './facts.ts';
import type { RegisterName } from './registers.ts';
import type { VcpuEvent } from './effects.ts';

/** All that the interpreter of `kvm/` knows of a vCPU: read a fact, apply an effect. */
export interface VcpuPort {
  read(fact: FactName): number;
  /** Whether a register has the value already: a write of it would change nothing. */
  holds(register: RegisterName, value: number): boolean;
  apply(event: VcpuEvent): void;
}
