import { codePointer, pointerIndex, pointerStream, type StreamName } from '#machine/code-pointer.ts';

/**
 * Exploration writes the code as it goes, so of an instruction pointer only this much counts: does it point behind
 * the last instruction of its stream, where the next one will be written, or at one that stands there already.
 */
const written = 0;
const open = 1;

/** The SMM handler is entered at its first instruction each time; what it does there is chosen anew. */
const rewritten: StreamName = 'smm';

/** Whether the next instruction of the stream can be chosen here. */
export function isOpen(pointer: number): boolean {
  return pointerStream(pointer) === rewritten || pointerIndex(pointer) === open;
}

/** Whether the pointer stands on an instruction that was executed before. */
export function isWritten(pointer: number): boolean {
  return pointerIndex(pointer) === written;
}

/** Where a program begins, nothing is written yet. */
export function unwritten(pointer: number): number {
  return pointer === 0 ? 0 : codePointer(pointerStream(pointer), open);
}

/** A pointer after an instruction of this stream was executed; of userspace, no stream. */
export function settle(pointer: number, executed: StreamName | undefined): number {
  if (pointer === 0) return 0;
  const stream = pointerStream(pointer);
  if (stream === rewritten) return codePointer(stream, written);
  if (stream !== executed) return pointer;
  return codePointer(stream, Math.max(written, pointerIndex(pointer) - 1));
}

/** Whether a value can be an instruction pointer of an exploration. */
export function isPointer(value: number): boolean {
  return (
    value !== 0 &&
    pointerIndex(value) <= open + 1 &&
    codePointer(pointerStream(value), 0) === value - pointerIndex(value)
  );
}
