import { unpackIntercepts, type InterceptName } from '#isa/intercepts.ts';
import type { VcpuSnapshot } from '#machine/facts.ts';
import { interceptWordRegisters } from '#machine/registers.ts';
import type { MsrpmBits } from '#program/types.ts';

/** What L1's memory holds of its intercepts: vmcb12, and the EFER bits of the MSR permission map. */
export interface InterceptMemory {
  readonly intercepts: readonly InterceptName[];
  readonly efer: MsrpmBits;
}

export function interceptMemory({ context }: VcpuSnapshot): InterceptMemory {
  return {
    intercepts: unpackIntercepts(interceptWordRegisters.vmcb12.map((register) => context[register])),
    efer: { read: context.msrpmRead12 === 1, write: context.msrpmWrite12 === 1 },
  };
}
