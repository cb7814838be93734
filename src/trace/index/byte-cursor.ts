import type { Word } from './word.ts';

/** The value of a hexadecimal digit as the kernel prints it; 255 for any other byte. */
const digitOf = new Uint8Array(256).fill(255);
for (let value = 0; value < 16; value++) digitOf[value.toString(16).charCodeAt(0)] = value;

/** The value of two hexadecimal digits, by both bytes as a number; -1 for any others. */
const pairOf = new Int16Array(1 << 16).fill(-1);
for (let value = 0; value < 256; value++) {
  const [high, low] = value.toString(16).padStart(2, '0');
  pairOf[high!.charCodeAt(0) | (low!.charCodeAt(0) << 8)] = value;
}

const space = 0x20;
const newline = 0x0a;
const carriageReturn = 0x0d;
const fourSpaces = 0x20202020;
const fourZeros = 0x30303030;

/** Powers of ten by the number of digits. */
const tens = Float64Array.from({ length: 16 }, (_, digits) => 10 ** digits);

/** A place in a line, moved on by what is expected there. Each method says whether it was there. */
export class ByteCursor {
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  to = 0;
  /** The halves of the number read last, low first. */
  readonly halves = new Int32Array(2);
  view: DataView = new DataView(this.bytes.buffer);

  /** The bytes that lines are of. */
  over(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  start(from: number, to: number): void {
    this.at = from;
    this.to = to;
  }

  /** The line ends here, or what was given as the line does. */
  get done(): boolean {
    const { at, bytes, to } = this;
    if (at === to) return true;
    const byte = bytes[at];
    return (
      byte === newline || (byte === carriageReturn && (at + 1 === bytes.length || bytes[at + 1] === newline))
    );
  }

  /** Where the text of the line ends that this place is in. */
  lineEnd(from: number): number {
    const { bytes } = this;
    const end = bytes.indexOf(newline, from);
    const to = end < 0 ? bytes.length : end;
    return to > from && bytes[to - 1] === carriageReturn ? to - 1 : to;
  }

  /** Whether what is left is of printable ASCII and holds no bracket. */
  isTame(): boolean {
    const { bytes, to } = this;
    for (let { at } = this; at < to; at++) {
      const byte = bytes[at]!;
      if (byte < space || byte > 0x7e || byte === 0x5b) return false;
    }
    return true;
  }

  /** Moves to where the line ends. */
  finish(): void {
    const { bytes, to } = this;
    let { at } = this;
    while (at < to && bytes[at] !== newline) at++;
    this.at = at;
  }

  /** Exactly this word. */
  literal(word: Word): boolean {
    const { at } = this;
    if (at + word.length > this.to || !word.isAt(this.view, at)) return false;
    this.at = at + word.length;
    return true;
  }

  /** Exactly this byte. */
  byte(byte: number): boolean {
    return this.at < this.to && this.bytes[this.at++] === byte;
  }

  /** One space or more. */
  spaces(): boolean {
    const from = this.at;
    this.at = this.behindSpaces(from);
    return this.at > from;
  }

  behindSpaces(from: number): number {
    const { bytes, to, view } = this;
    let at = from;
    while (at + 4 <= to && view.getInt32(at, true) === fourSpaces) at += 4;
    while (at < to && bytes[at] === space) at++;
    return at;
  }

  /** Up to so many digits of a hexadecimal number, at most 16, and no digit after them. */
  hex(most: number): boolean {
    const { bytes, to, view, halves } = this;
    const from = this.at;
    let at = from;
    let low = 0;
    let high = 0;
    // Numbers are mostly padded with zeros.
    while (at + 4 <= to && view.getInt32(at, true) === fourZeros) at += 4;
    for (; at + 2 <= to; at += 2) {
      const pair = pairOf[view.getInt16(at, true) & 0xffff]!;
      if (pair < 0) break;
      high = (high << 8) | (low >>> 24);
      low = (low << 8) | pair;
    }
    const digit = at < to ? digitOf[bytes[at]!]! : 255;
    if (digit !== 255) {
      high = (high << 4) | (low >>> 28);
      low = (low << 4) | digit;
      at++;
    }
    this.at = at;
    halves[0] = low;
    halves[1] = high;
    return at > from && at - from <= most;
  }

  /** Up to so many decimal digits, at most 15, and no digit after them; -1 where there are none, or more. */
  decimal(most: number): number {
    const { bytes, to } = this;
    const from = this.at;
    let at = from;
    let value = 0;
    for (; at < to; at++) {
      const digit = bytes[at]! - 0x30;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    this.at = at;
    return at > from && at - from <= most ? value : -1;
  }

  /** Seconds with a fraction, as exact as their text; -1 where that is not what stands here. */
  seconds(): number {
    const from = this.at;
    const whole = this.decimal(14);
    if (whole < 0 || !this.byte(0x2e)) return -1;
    const point = this.at;
    const part = this.decimal(9);
    const after = this.at - point;
    // With 15 digits the quotient of two whole numbers is the nearest double there is.
    return part < 0 || point - 1 - from + after > 15 ? -1 : (whole * tens[after]! + part) / tens[after]!;
  }
}
