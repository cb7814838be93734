/** Pairs of numbers, each kept once and numbered in the order in which it came. */
export class PairTable {
  private readonly lefts: number[] = [];
  private readonly rights: number[] = [];
  private readonly known = new Set<number>();

  get count(): number {
    return this.lefts.length;
  }

  /** Put a pair in. Whether it was not there. */
  add(left: number, right: number): boolean {
    const key = left * 0x4000000 + right;
    if (this.known.has(key)) return false;
    this.known.add(key);
    this.lefts.push(left);
    this.rights.push(right);
    return true;
  }

  left(pair: number): number {
    return this.lefts[pair]!;
  }

  right(pair: number): number {
    return this.rights[pair]!;
  }
}
