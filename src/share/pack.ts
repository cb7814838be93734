import { invariant, present } from '#base/assert.ts';
import { ByteReader, Damaged, writeNumber, writeText } from './bytes.ts';
import { knownShapes, knownValues } from './words.ts';

/**
 * A value of plain JSON in few bytes. What was written before is named by its number the second time: a text, the
 * keys of an object, a whole object or list. The memory starts with the words of the formats (words.ts), so that most
 * operations take a byte. It knows nothing of sessions: what is new in one is only longer.
 */
export type Plain = boolean | number | string | readonly Plain[] | PlainObject;
export interface PlainObject {
  readonly [key: string]: Plain | undefined;
}

/** What comes next; from `remembered` on it is an entry of the memory. */
const token = { no: 0, yes: 1, number: 2, text: 3, list: 4, object: 5, remembered: 6 } as const;

/** Bounds on what a link can make of few bytes: values and characters, each time that they are named. */
const mostParts = 1_000_000;
const deepest = 24;

/** An entry of the memory: the keys of objects, or a value. */
type Entry =
  | { readonly kind: 'shape'; readonly keys: readonly string[] }
  | { readonly kind: 'value'; readonly value: Plain; readonly parts: number };

const shapeName = (keys: readonly string[]): string => `keys ${JSON.stringify(keys)}`;

const keysOf = (value: PlainObject): readonly string[] =>
  Object.keys(value).filter((key) => value[key] !== undefined);

const isList = (value: Plain): value is readonly Plain[] => Array.isArray(value);

/** Texts, objects and lists are remembered; numbers only where the table has them. */
const isRemembered = (value: Plain): boolean => typeof value === 'string' || typeof value === 'object';

class Packer {
  readonly bytes: number[] = [];
  /** Numbers of entries, by what they hold. */
  readonly #memory = new Map<string, number>();

  constructor() {
    for (const keys of knownShapes) this.#remember(shapeName(keys));
    for (const value of knownValues) this.#remember(JSON.stringify(value));
  }

  write(value: Plain): void {
    const name = JSON.stringify(value);
    if (this.#recall(name)) return;
    this.#spell(value);
    if (isRemembered(value)) this.#remember(name);
  }

  #spell(value: Plain): void {
    if (typeof value === 'boolean') return this.#token(value ? token.yes : token.no);
    if (typeof value === 'number') {
      invariant(Number.isSafeInteger(value) && value >= 0, `${value} is no number of a session`);
      this.#token(token.number);
      return writeNumber(this.bytes, value);
    }
    if (typeof value === 'string') {
      this.#token(token.text);
      return writeText(this.bytes, value);
    }
    if (!isList(value)) return this.#object(value);
    this.#token(token.list);
    writeNumber(this.bytes, value.length);
    for (const item of value) this.write(item);
  }

  #object(value: PlainObject): void {
    const keys = keysOf(value);
    if (!this.#recall(shapeName(keys))) {
      this.#token(token.object);
      writeNumber(this.bytes, keys.length);
      for (const key of keys) this.write(key);
      this.#remember(shapeName(keys));
    }
    for (const key of keys) this.write(present(value[key], key));
  }

  #token(value: number): void {
    writeNumber(this.bytes, value);
  }

  #recall(name: string): boolean {
    const entry = this.#memory.get(name);
    if (entry === undefined) return false;
    this.#token(token.remembered + entry);
    return true;
  }

  #remember(name: string): void {
    this.#memory.set(name, this.#memory.size);
  }
}

class Unpacker {
  readonly #reader: ByteReader;
  readonly #memory: Entry[];
  #parts = 0;

  constructor(bytes: readonly number[]) {
    this.#reader = new ByteReader(bytes);
    this.#memory = [
      ...knownShapes.map((keys) => ({ kind: 'shape', keys }) as const),
      ...knownValues.map((value) => ({ kind: 'value', value, parts: 1 }) as const),
    ];
  }

  whole(): Plain {
    const value = this.#read(0);
    if (this.#reader.left > 0) throw new Damaged('it goes on behind its end');
    return value;
  }

  #read(depth: number): Plain {
    if (depth > deepest) throw new Damaged(`it is nested deeper than ${deepest}`);
    const before = this.#parts;
    this.#count(1);
    const next = this.#reader.number();
    if (next >= token.remembered) {
      const entry = this.#memory[next - token.remembered];
      if (entry === undefined) throw new Damaged('it names what it does not hold');
      if (entry.kind === 'value') {
        this.#count(entry.parts);
        return entry.value;
      }
      return this.#remembered(this.#object(entry.keys, depth), before);
    }
    const value = this.#spelt(next, depth);
    return isRemembered(value) ? this.#remembered(value, before) : value;
  }

  #spelt(next: number, depth: number): Plain {
    switch (next) {
      case token.no:
      case token.yes:
        return next === token.yes;
      case token.number:
        return this.#reader.number();
      case token.text:
        return this.#text();
      case token.list:
        return Array.from({ length: this.#reader.count() }, () => this.#read(depth + 1));
      default:
        return this.#object(this.#newShape(depth), depth);
    }
  }

  #text(): string {
    const text = this.#reader.text();
    this.#count(text.length);
    return text;
  }

  #newShape(depth: number): readonly string[] {
    const keys = Array.from({ length: this.#reader.count() }, () => {
      const key = this.#read(depth + 1);
      if (typeof key !== 'string') throw new Damaged('a key that is no text');
      return key;
    });
    this.#memory.push({ kind: 'shape', keys });
    return keys;
  }

  #object(keys: readonly string[], depth: number): Plain {
    return Object.fromEntries(keys.map((key) => [key, this.#read(depth + 1)]));
  }

  #remembered(value: Plain, before: number): Plain {
    this.#memory.push({ kind: 'value', value, parts: this.#parts - before });
    return value;
  }

  #count(parts: number): void {
    this.#parts += parts;
    if (this.#parts > mostParts) throw new Damaged(`it holds more than ${mostParts} parts`);
  }
}

export function pack(value: Plain): readonly number[] {
  const packer = new Packer();
  packer.write(value);
  return packer.bytes;
}

/** The value, or a throw of `Damaged`. */
export function unpack(bytes: readonly number[]): Plain {
  return new Unpacker(bytes).whole();
}
