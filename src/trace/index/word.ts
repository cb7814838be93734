/** The bytes of a word of ASCII, compared four at a time; the last four may overlap others. */
export class Word {
  readonly length: number;
  private readonly places: Uint8Array;
  private readonly fours: Int32Array;
  /** Of a word of less than four bytes: all of it as a number. */
  private readonly whole: number;

  constructor(text: string) {
    const view = viewOf(text);
    const last = Math.max(0, view.byteLength - 4);
    const fours = view.byteLength < 4 ? 0 : Math.ceil(view.byteLength / 4);
    const places = Array.from({ length: fours }, (_, four) => Math.min(4 * four, last));
    this.length = view.byteLength;
    this.places = Uint8Array.from(places);
    this.fours = Int32Array.from(places, (place) => view.getInt32(place, true));
    this.whole = fours === 0 ? packed(view, 0, view.byteLength) : 0;
  }

  /** Whether it stands there; as many bytes must be there. */
  isAt(view: DataView, at: number): boolean {
    const { length, places, fours } = this;
    if (length < 4) return packed(view, at, at + length) === this.whole;
    for (let index = 0; index < fours.length; index++)
      if (view.getInt32(at + places[index]!, true) !== fours[index]) return false;
    return true;
  }
}

const viewOf = (text: string): DataView =>
  new DataView(Uint8Array.from(text, (char) => char.charCodeAt(0)).buffer);

/** Up to four bytes as a number. */
function packed(view: DataView, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) value = (value << 8) | view.getUint8(at);
  return value;
}

/** A number that mostly differs for different words: of their length, their middle and their end. */
export function hashAt(view: DataView, from: number, to: number): number {
  const length = to - from;
  if (length < 4) return packed(view, from, to);
  const middle = view.getInt32(from + ((length - 4) >> 1), true);
  const mixed = Math.imul(view.getInt32(to - 4, true), 0x9e3779b1) ^ Math.imul(middle, 0x85ebca6b) ^ length;
  return mixed ^ (mixed >>> 15);
}

export function hashOf(text: string): number {
  const view = viewOf(text);
  return hashAt(view, 0, view.byteLength);
}
