import { invariant } from '#base/assert.ts';

/** Small whole numbers, a bit each. */
export class CodeSet {
  private readonly words = new Uint32Array(128);

  add(code: number): void {
    invariant(code < 4096, 'codes are below 4,096');
    this.words[code >>> 5]! |= 1 << (code & 31);
  }

  has(code: number): boolean {
    return (this.words[code >>> 5]! & (1 << (code & 31))) !== 0;
  }

  /** Whether one of the codes is in it. */
  hasAny(codes: readonly number[]): boolean {
    return codes.some((code) => this.has(code));
  }
}
