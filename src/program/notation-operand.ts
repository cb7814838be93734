import { fail, ok, type Result } from '#base/result.ts';
import { choices, quote } from './problem.ts';

/** The kinds of operand that the notation of programs is made of: each is read, written and offered by one value. */

/** An operation, or the part of one that is read so far, as JSON has it. */
export type Fields = Readonly<Record<string, unknown>>;

/** Where in an operation an operand's value stands. */
export type FieldPath = readonly [string, ...string[]];

/** A word that may be written next. */
export interface Offer {
  readonly text: string;
  /** What it means, in a few words. */
  readonly about: string;
}

export interface Operand {
  /** The operation with the word taken in, or what is wrong with it; undefined: the word is none of this kind. */
  readonly read: (word: string, fields: Fields) => Result<Fields, string> | undefined;
  readonly write: (fields: Fields) => readonly string[];
  /** What the word could become. */
  readonly offers: (word: string, fields: Fields) => readonly Offer[];
}

export function fieldAt(fields: Fields, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return fields;
  const value = fields[key];
  return rest.length === 0 || value === undefined ? value : fieldAt(value as Fields, rest);
}

export function withField(fields: Fields, [key, ...rest]: FieldPath, value: unknown): Fields {
  const [next, ...after] = rest;
  if (next === undefined) return { ...fields, [key]: value };
  return { ...fields, [key]: withField((fields[key] ?? {}) as Fields, [next, ...after], value) };
}

/** What stands after `name=`; undefined where the word is not of that form. */
export function assigned(name: string, word: string): string | undefined {
  return word.startsWith(`${name}=`) ? word.slice(name.length + 1) : undefined;
}

export const twice = (what: string): string => `${quote(what)} a second time, each once`;

/** `name=VALUE`, of which the operation has one. */
interface Assignment {
  readonly name: string;
  readonly path: FieldPath;
  readonly parse: (text: string) => Result<unknown, string>;
  readonly print: (value: unknown) => string;
  readonly offers: (word: string) => readonly Offer[];
}

export function assignment({ name, path, parse, print, offers }: Assignment): Operand {
  return {
    read: (word, fields) => {
      if (word === name) return fail(`${name} without a value, such as ${offers(word)[0]?.text}`);
      const text = assigned(name, word);
      if (text === undefined) return undefined;
      if (fieldAt(fields, path) !== undefined) return fail(twice(name));
      const parsed = parse(text);
      return parsed.ok ? ok(withField(fields, path, parsed.value)) : parsed;
    },
    write: (fields) => {
      const value = fieldAt(fields, path);
      return value === undefined ? [] : [`${name}=${print(value)}`];
    },
    offers: (word, fields) => (fieldAt(fields, path) === undefined ? offers(word) : []),
  };
}

/** `name=0` or `name=1`. */
export function flag(name: string, path: FieldPath, about: string): Operand {
  return assignment({
    name,
    path,
    parse: (text) =>
      text === '0' || text === '1'
        ? ok(text === '1')
        : fail(`unknown value ${quote(text)} of ${name}, ${choices(text, [0, 1])}`),
    print: (value) => (value === true ? '1' : '0'),
    offers: () => [
      { text: `${name}=1`, about },
      { text: `${name}=0`, about: `not: ${about}` },
    ],
  });
}

/** A bare word for what is true; `word=0` for the rare case that says it is not. */
export function bareWord(name: string, path: FieldPath, about: string): Operand {
  const spelled = flag(name, path, about);
  return {
    read: (word, fields) => spelled.read(word === name ? `${name}=1` : word, fields),
    write: (fields) => (fieldAt(fields, path) === true ? [name] : spelled.write(fields)),
    offers: (word, fields) => (spelled.offers(word, fields).length > 0 ? [{ text: name, about }] : []),
  };
}

interface Choice {
  readonly kind: string;
  readonly path: FieldPath;
  readonly options: readonly { readonly value: string | number; readonly about: string }[];
}

/** One of the words, which must come first. */
export function required({ kind, path, options }: Choice): Operand {
  const named = oneOfWords({ kind, path, options });
  const words = options.map(({ value }) => value);
  return {
    ...named,
    read: (word, fields) =>
      named.read(word, fields) ?? fail(`unknown ${kind} ${quote(word)}, ${choices(word, words)}`),
  };
}

/** One of the words, or none of them. */
export function oneOfWords({ kind, path, options }: Choice): Operand {
  return {
    read: (word, fields) => {
      const found = options.find(({ value }) => String(value) === word);
      if (!found) return undefined;
      if (fieldAt(fields, path) !== undefined) return fail(`${quote(word)} is a second ${kind}, at most one`);
      return ok(withField(fields, path, found.value));
    },
    write: (fields) => {
      const value = fieldAt(fields, path) as string | number | undefined;
      return value === undefined ? [] : [String(value)];
    },
    offers: (_word, fields) =>
      fieldAt(fields, path) === undefined
        ? options.map(({ value, about }) => ({ text: String(value), about }))
        : [],
  };
}

/** `name=A,B`, or `name=none` for an empty list. */
export function nameList<Name extends string>(
  name: string,
  path: FieldPath,
  kind: string,
  known: Readonly<Record<Name, string>>,
): Operand {
  const names = Object.keys(known);
  return assignment({
    name,
    path,
    parse: (text) => {
      const given = text === 'none' ? [] : text.split(',');
      for (const [index, one] of given.entries()) {
        if (!names.includes(one)) return fail(`unknown ${kind} ${quote(one)}, ${choices(one, names)}`);
        if (given.indexOf(one) < index) return fail(twice(one));
      }
      return ok(given);
    },
    print: (value) => (value as readonly Name[]).join(',') || 'none',
    offers: (word) => listOffers(name, word, known),
  });
}

/** The list so far, with each name that could be its last. */
function listOffers(name: string, word: string, known: Readonly<Record<string, string>>): readonly Offer[] {
  const text = assigned(name, word) ?? '';
  const before = text.slice(0, text.lastIndexOf(',') + 1);
  const given = before.split(',');
  const none = before === '' ? [{ text: `${name}=none`, about: 'the empty list' }] : [];
  const more = Object.entries(known)
    .filter(([one]) => !given.includes(one))
    .map(([one, about]) => ({ text: `${name}=${before}${one}`, about }));
  return [...more, ...none];
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && Object.keys(value ?? {}).length === 0;

/** `word` for a part that is there but says nothing, which differs from one that is left out. */
export function emptyPart(word: string, path: FieldPath, empty: unknown): Operand {
  return {
    read: (given, fields) => {
      if (given !== word) return undefined;
      return fieldAt(fields, path) === undefined
        ? ok(withField(fields, path, empty))
        : fail(`${word} beside others, allowed alone`);
    },
    write: (fields) => {
      const value = fieldAt(fields, path);
      return value !== undefined && isEmpty(value) ? [word] : [];
    },
    // Nobody needs to be told of it: it is for programs that others wrote.
    offers: () => [],
  };
}
