/** Rows of bytes, each kept once and numbered in the order in which it came. */
export class StateTable {
  /** 32-bit words of a row. */
  readonly width: number;
  count = 0;
  private words: Uint32Array;
  private slots: Int32Array;

  /** `bytes` a row, rounded up to whole words. */
  constructor(bytes: number) {
    this.width = Math.max(1, (bytes + 3) >> 2);
    this.words = new Uint32Array(this.width * 1024);
    this.slots = new Int32Array(4096).fill(-1);
  }

  /** Bytes that the table occupies. */
  get memory(): number {
    return this.words.byteLength + this.slots.byteLength;
  }

  /** The number of a row; a new one is added. */
  add(row: Uint32Array): number {
    const mask = this.slots.length - 1;
    for (let slot = this.hash(row, 0) & mask; ; slot = (slot + 1) & mask) {
      const known = this.slots[slot]!;
      if (known < 0) return this.append(row, slot);
      if (this.equals(known, row)) return known;
    }
  }

  /** Copy a row out. */
  get(state: number, into: Uint32Array): void {
    const from = state * this.width;
    for (let word = 0; word < this.width; word += 1) into[word] = this.words[from + word]!;
  }

  /** The hash of the row that begins at a word. */
  private hash(words: Uint32Array, from: number): number {
    let hash = 0;
    for (let word = from; word < from + this.width; word += 1)
      hash = Math.imul(hash ^ words[word]!, 0x9e3779b1) + (hash >>> 15);
    return hash ^ (hash >>> 16);
  }

  private equals(state: number, row: Uint32Array): boolean {
    const from = state * this.width;
    for (let word = 0; word < this.width; word += 1) if (this.words[from + word] !== row[word]) return false;
    return true;
  }

  private append(row: Uint32Array, slot: number): number {
    const state = this.count;
    this.count += 1;
    if (this.count * this.width > this.words.length) {
      const grown = new Uint32Array(this.words.length * 2);
      grown.set(this.words);
      this.words = grown;
    }
    this.words.set(row.length === this.width ? row : row.subarray(0, this.width), state * this.width);
    this.slots[slot] = state;
    if (this.count * 2 > this.slots.length) this.rehash();
    return state;
  }

  private rehash(): void {
    this.slots = new Int32Array(this.slots.length * 4).fill(-1);
    const mask = this.slots.length - 1;
    for (let state = 0; state < this.count; state += 1) {
      let slot = this.hash(this.words, state * this.width) & mask;
      while (this.slots[slot]! >= 0) slot = (slot + 1) & mask;
      this.slots[slot] = state;
    }
  }
}
