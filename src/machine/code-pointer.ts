/**
 * An instruction pointer of the model: which stream of code, and which instruction of it.
 * 0 means none, as next_rip does on the processor.
 */
export const streams = ['l1', 'l2', 'smm'] as const;

export type StreamName = (typeof streams)[number];

const indexBits = 10;

/** Instructions that a stream can hold. */
export const streamLimit = 1 << indexBits;

export function codePointer(stream: StreamName, index: number): number {
  return ((streams.indexOf(stream) + 1) << indexBits) | index;
}

export function pointerStream(pointer: number): StreamName {
  return streams[(pointer >> indexBits) - 1] ?? 'l1';
}

export function pointerIndex(pointer: number): number {
  return pointer & (streamLimit - 1);
}
