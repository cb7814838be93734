import type { FactName } from './facts.ts';
import type { VcpuEvent } from './effects.ts';

/** All that the interpreter of `kvm/` knows of a vCPU: read a fact, apply an effect. */
export interface VcpuPort {
  read(fact: FactName): number;
  apply(event: VcpuEvent): void;
}
