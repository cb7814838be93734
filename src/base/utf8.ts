/** Bytes of UTF-8 as text. What is no UTF-8 becomes U+FFFD, a byte each. */
export function decodeUtf8(bytes: Uint8Array, from: number, to: number): string {
  if (to - from < 4000 && isAscii(bytes, from, to)) return String.fromCharCode(...bytes.subarray(from, to));
  const units: number[] = [];
  let text = '';
  for (let at = from; at < to;) {
    const first = bytes[at]!;
    const length = first < 0x80 ? 1 : sequenceLength(bytes, at, to);
    const point = length === 1 ? (first < 0x80 ? first : 0xfffd) : pointAt(bytes, at, length);
    at += length;
    if (point > 0xffff) units.push(0xd7c0 + (point >> 10), 0xdc00 + (point & 0x3ff));
    else units.push(point);
    // An engine takes only so many arguments.
    if (units.length > 4000) text += String.fromCharCode(...units.splice(0));
  }
  return text + String.fromCharCode(...units);
}

function isAscii(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at]! > 0x7f) return false;
  return true;
}

/** The least code point that a sequence of so many bytes may stand for. */
const least = [0, 0, 0x80, 0x800, 0x10000];

/** How many bytes make the character that begins here; 1 for a byte that begins none. */
function sequenceLength(bytes: Uint8Array, at: number, to: number): number {
  const first = bytes[at]!;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
  if (length === 1 || first > 0xf4 || at + length > to) return 1;
  for (let next = at + 1; next < at + length; next++) if ((bytes[next]! & 0xc0) !== 0x80) return 1;
  const point = pointAt(bytes, at, length);
  const surrogate = point >= 0xd800 && point <= 0xdfff;
  return point < least[length]! || point > 0x10ffff || surrogate ? 1 : length;
}

function pointAt(bytes: Uint8Array, at: number, length: number): number {
  let point = bytes[at]! & (0x7f >> length);
  for (let next = at + 1; next < at + length; next++) point = (point << 6) | (bytes[next]! & 0x3f);
  return point;
}
