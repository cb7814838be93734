/** A set of 32-bit numbers other than 0: no object for any of them. */
export class NumberSet {
  private slots = new Int32Array(1024);
  private count = 0;

  /** Put a number in. Whether it was not there. */
  add(number: number): boolean {
    const mask = this.slots.length - 1;
    let slot = Math.imul(number, 0x9e3779b1) >>> 12;
    for (slot &= mask; this.slots[slot] !== 0; slot = (slot + 1) & mask) {
      if (this.slots[slot] === number) return false;
    }
    this.slots[slot] = number;
    this.count += 1;
    if (this.count * 2 > this.slots.length) this.grow();
    return true;
  }

  private grow(): void {
    const before = this.slots;
    this.slots = new Int32Array(before.length * 4);
    this.count = 0;
    for (const number of before) if (number !== 0) this.add(number);
  }
}
