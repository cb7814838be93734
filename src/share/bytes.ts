/** Bytes as a link holds them: numbers of any size, text, base64url, and a checksum. No platform is needed. */

/** A text that holds no such bytes, or bytes that end too early. */
export class Damaged extends Error {}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const sextets: ReadonlyMap<string, number> = new Map(
  Array.from(alphabet, (letter, value) => [letter, value]),
);

/** Base64url without padding (RFC 4648, section 5). */
export function toBase64url(bytes: readonly number[]): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 6; bits -= 6) text += alphabet[(held >> (bits - 6)) & 63]!;
  }
  return bits === 0 ? text : text + alphabet[(held << (6 - bits)) & 63]!;
}

/** The bytes of a base64url text. One that no bytes are written as is damaged: each text has one reading. */
export function fromBase64url(text: string): readonly number[] {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const letter of text) {
    const value = sextets.get(letter);
    if (value === undefined) throw new Damaged('a character that no link has');
    held = ((held << 6) | value) & 0x3fff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
  }
  if (bits === 6 || (held & ((1 << bits) - 1)) !== 0) throw new Damaged('a last character that no link has');
  return bytes;
}

/** CRC-32 as in IEEE 802.3: it notices every change within 32 bits, and all but one in 2^32 others. */
export function checksum(bytes: readonly number[]): number {
  let rest = 0xffff_ffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb8_8320 : 0);
  }
  return ~rest >>> 0;
}

/** A number in four bytes, highest first. */
export const fourBytes = (value: number): readonly number[] =>
  [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff);

/** Append a whole number from 0 to 2^53 - 1: seven bits a byte, lowest first, the last byte below 128. */
export function writeNumber(bytes: number[], value: number): void {
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push(128 + (rest % 128));
  bytes.push(rest);
}

/** Append a text: how many characters, then each one's code point, so that ASCII is a byte each. */
export function writeText(bytes: number[], text: string): void {
  const characters = Array.from(text);
  writeNumber(bytes, characters.length);
  for (const character of characters) writeNumber(bytes, character.codePointAt(0)!);
}

/** Bytes, read from the first to the last. */
export class ByteReader {
  readonly #bytes: readonly number[];
  #at = 0;

  constructor(bytes: readonly number[]) {
    this.#bytes = bytes;
  }

  /** Bytes that are still to be read. */
  get left(): number {
    return this.#bytes.length - this.#at;
  }

  number(): number {
    let value = 0;
    for (let unit = 1; unit <= 2 ** 49; unit *= 128) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) throw new Damaged('it ends too early');
      this.#at += 1;
      value += (byte % 128) * unit;
      if (byte < 128 && Number.isSafeInteger(value)) return value;
    }
    throw new Damaged('a number that is too large');
  }

  /** How many items follow: each takes at least a byte. */
  count(): number {
    const count = this.number();
    if (count > this.left) throw new Damaged('it ends too early');
    return count;
  }

  text(): string {
    return Array.from({ length: this.count() }, () => {
      const point = this.number();
      if (point > 0x10_ffff) throw new Damaged('a character that does not exist');
      return String.fromCodePoint(point);
    }).join('');
  }
}
