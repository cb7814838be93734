/**
 * The invariants that the kernel asserts itself, by the number under which `invariants.ts` lists them.
 * A bit of the register `warned` each.
 */
export const warnIds = ['I1', 'I2', 'I3', 'I8', 'I9', 'I10', 'I16'] as const;

export type WarnId = (typeof warnIds)[number];

export function warnBit(id: WarnId): number {
  return 1 << warnIds.indexOf(id);
}

/** The invariants whose WARN fired, from the value of `warned`. */
export function firedWarns(warned: number): readonly WarnId[] {
  return warnIds.filter((id) => (warned & warnBit(id)) !== 0);
}
