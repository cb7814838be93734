import { eferMask, eferValue, type EferBit } from '#isa/efer.ts';
import type { VcpuSnapshot } from '#machine/facts.ts';
import { inUserspace, type RunState } from '#program/runner.ts';
import type { EferChange, Op } from '#program/types.ts';

/** `vcpu->arch.efer`, with SVME, which the chart holds as a state. */
export function archEferOf({ context, value }: VcpuSnapshot): number {
  return context.efer | (value.svme === 'set' ? eferMask('SVME') : 0);
}

/** Why a bit cannot be written; undefined where it can. */
export function whyNotBit(bit: EferBit): string | undefined {
  return bit === 'LMA' ? 'LMA follows LME and CR0.PG: software cannot write it' : undefined;
}

/** Why every bit without a name cannot be written. */
export const reservedReason = 'reserved, must be zero: writing 1 raises #GP';

export interface EferDraft {
  readonly op: Op;
  /** Who would carry it out. */
  readonly by: 'the guest' | 'userspace';
}

/** The operation that flips these bits of EFER: WRMSR in the guest, KVM_SET_SREGS in userspace. */
export function eferDraft(state: RunState, flipped: readonly EferBit[]): EferDraft | undefined {
  if (flipped.length === 0) return undefined;
  const now = archEferOf(state.snapshot);
  const set = flipped.filter((bit) => (now & eferValue([bit])) === 0);
  const clear = flipped.filter((bit) => !set.includes(bit));
  const change: EferChange = { ...(set.length > 0 && { set }), ...(clear.length > 0 && { clear }) };
  if (inUserspace(state.snapshot)) return { op: { do: 'KVM_SET_SREGS', efer: change }, by: 'userspace' };
  return { op: { do: 'WRMSR', msr: 'EFER', ...change }, by: 'the guest' };
}
