/** A source of numbers that can be repeated: the seed is the whole state. */
export interface Random {
  /** A whole number from 0 up to, not including, `below`. */
  next(below: number): number;
  /** One of the items, which must not be none. */
  pick<Item>(items: readonly Item[]): Item;
}

/** mulberry32, a 32-bit generator of public domain. Same seed, same numbers, on every machine. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (below: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
  return { next, pick: (items) => items[next(items.length)]! };
}
