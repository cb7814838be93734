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
