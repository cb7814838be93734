import { RecordingError } from './recording-error.ts';

const newline = 0x0a;

/** Longer lines are no trace's, and would have to be held in memory. Bytes. */
const maxLine = 1 << 20;

/** Files of tracers that are no text, by how they begin, and what makes text of them. */
export const binaries: readonly (readonly [begin: string, advice: string])[] = [
  ['\x17\x08Dtracing', 'a trace.dat is made text by `trace-cmd report`'],
  ['PERFILE2', 'a perf.data is made text by `perf script`'],
];

/** Whole lines, each with its newline, but for the last of a text. */
export interface Piece {
  readonly bytes: Uint8Array;
  /** Where the first line begins in `bytes`. */
  readonly from: number;
  /** Where `bytes` begins in the text. */
  readonly offset: number;
}

/** Cuts a text that comes in chunks into pieces of whole lines. Lines are copied only where a chunk ends within one. */
export class LineSplitter {
  private rest: Uint8Array = new Uint8Array(0);
  private offset: number;

  /** From a byte of the text on, where a line begins. */
  constructor(offset = 0) {
    this.offset = offset;
  }

  /** The lines that end in this chunk. `lines` were whole before it: errors name the line. */
  push(chunk: Uint8Array, lines: number): readonly Piece[] {
    const zero = chunk.indexOf(0);
    if (zero >= 0) throw this.noText(chunk, lines + 1 + newlines(chunk, zero));
    const first = chunk.indexOf(newline) + 1;
    if (this.rest.length + (first || chunk.length) > maxLine) throw tooLong(lines + 1);
    if (first === 0) {
      this.rest = joined(this.rest, chunk);
      return [];
    }
    const last = chunk.lastIndexOf(newline) + 1;
    const begun = this.rest.length > 0 || this.offset === 0;
    const cut = begun ? first : 0;
    const pieces = begun ? [this.piece(joined(this.rest, chunk.subarray(0, cut)))] : [];
    if (cut < last) pieces.push(this.piece(chunk.subarray(cut, last)));
    this.rest = chunk.slice(last);
    return pieces;
  }

  /** The last line, where the text does not end with a newline. */
  finish(): readonly Piece[] {
    return this.rest.length === 0 ? [] : [this.piece(this.rest)];
  }

  private piece(bytes: Uint8Array): Piece {
    const offset = this.offset;
    const marked = offset === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    this.offset += bytes.length;
    return { bytes, from: marked ? 3 : 0, offset };
  }

  private noText(chunk: Uint8Array, line: number): RecordingError {
    const head = this.offset === 0 ? String.fromCharCode(...joined(this.rest, chunk).subarray(0, 16)) : '';
    const advice = binaries.find(([begin]) => head.startsWith(begin))?.[1] ?? 'a recording is text';
    return new RecordingError(line, `a zero byte, so this is no text; ${advice}`);
  }
}

/**
 * Where a line ends that begins here: at its newline, or with the bytes. Up to `seen` it was looked through already.
 * Throws where it is too long.
 */
export function lineEnd(bytes: Uint8Array, from: number, line: number, seen = from): number {
  const end = bytes[seen] === newline ? seen : bytes.indexOf(newline, seen);
  const to = end < 0 ? bytes.length : end;
  if (to - from > maxLine) throw tooLong(line);
  return to;
}

const tooLong = (line: number): RecordingError =>
  new RecordingError(line, 'longer than 1 MB, no trace has such lines');

function newlines(bytes: Uint8Array, to: number): number {
  let count = 0;
  for (let at = bytes.indexOf(newline); at >= 0 && at < to; at = bytes.indexOf(newline, at + 1)) count++;
  return count;
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array {
  const whole = new Uint8Array(left.length + right.length);
  whole.set(left);
  whole.set(right, left.length);
  return whole;
}
