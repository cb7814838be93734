/**
 * Exceptions by mnemonic, with the vector and whether the processor pushes an error code.
 * Source: AMD APM, Volume 2, "Exceptions and Interrupts".
 */
const exceptions = {
  UD: { vector: 6, errorCode: false, title: 'Invalid opcode' },
  DF: { vector: 8, errorCode: true, title: 'Double fault' },
  GP: { vector: 13, errorCode: true, title: 'General protection' },
} as const;

/** #UD, #GP, ... for a vector that the model knows, else the number. */
export function exceptionName(vector: number): string {
  const found = Object.entries(exceptions).find(([, entry]) => entry.vector === vector);
  return found ? `#${found[0]}` : `vector ${vector}`;
}

/** Vectors by mnemonic, as the kernel prints them in kvm_inj_exception. XF is XM by its other name. */
const vectors: Readonly<Record<string, number>> = {
  DE: 0,
  DB: 1,
  BP: 3,
  OF: 4,
  BR: 5,
  UD: 6,
  NM: 7,
  DF: 8,
  TS: 10,
  NP: 11,
  SS: 12,
  GP: 13,
  PF: 14,
  MF: 16,
  AC: 17,
  MC: 18,
  XF: 19,
  XM: 19,
  VE: 20,
  CP: 21,
  HV: 28,
  VC: 29,
  SX: 30,
};

/** The vector of `UD`, or of a number in hexadecimal; undefined for what is neither. */
export function exceptionVector(mnemonic: string): number | undefined {
  return /^0x[0-9a-f]{1,2}$/.test(mnemonic) ? Number(mnemonic) : vectors[mnemonic];
}
