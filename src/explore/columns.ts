import { invariant, present } from '#base/assert.ts';
import type { FactName } from '#machine/facts.ts';
import { packedFacts } from '#machine/packed.ts';

/** Facts and what the invariants remember, each a column of a state: see `Codes`. */

/** What `InvariantHistory` holds, beside the facts of the chart. */
export const strayColumn = packedFacts.length;
export const columnCount = packedFacts.length + 1;

const columns: ReadonlyMap<FactName, number> = new Map(packedFacts.map((name, index) => [name, index]));

export function columnOf(fact: FactName): number {
  return present(columns.get(fact), fact);
}

/** The fact of a column; undefined for what is none. */
export function factOf(column: number): FactName | undefined {
  return packedFacts[column];
}

/** Values that can turn up in one exploration: a code is a byte. */
const codeLimit = 256;

/** Values below this are their own codes: every state of a region is. */
export const ownCodes = 8;

/**
 * The values of all columns, numbered as they turn up: a state is then a byte a column, whatever the register's
 * width, and a value that moves from one register to another keeps its number.
 */
export class Codes {
  private readonly values = Array.from({ length: ownCodes }, (_, value) => value);
  private readonly numbers = new Map(this.values.map((value) => [value, value]));

  /** The code of a value; a small one is its own. */
  code(value: number): number {
    const known = this.numbers.get(value);
    if (known !== undefined) return known;
    const code = this.values.push(value) - 1;
    invariant(code < codeLimit, `an exploration meets at most ${codeLimit} values`);
    this.numbers.set(value, code);
    return code;
  }

  value(code: number): number {
    return this.values[code]!;
  }

  /** How many values there have been so far. */
  get count(): number {
    return this.values.length;
  }
}
