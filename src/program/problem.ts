/** The first thing that is wrong with a program: where, and what, with what is allowed instead. */
export interface ProgramProblem {
  /** `code.l2[3].clear[0]`, `line 3, column 5`, or `program` for the whole. */
  readonly path: string;
  readonly message: string;
}

/** The problem as one line. */
export function problemLine({ path, message }: ProgramProblem): string {
  return `${path}: ${message}`;
}

/** Characters of somebody else's text that a line repeats. */
const quotedLength = 40;
/** Names that a line lists in full; of a longer list it names the closest. */
const listedNames = 24;
const closestNames = 3;

/** Control characters, line separators, lone surrogates and the like, which would break the line. */
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/gu;

const escapeUnit = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Somebody else's text, fit for one line. */
export function escapeUnprintable(text: string): string {
  return text.replace(unprintable, (found) => found.split('').map(escapeUnit).join(''));
}

/** Somebody else's value in a few printable characters of one line. */
export function quote(value: unknown): string {
  if (typeof value === 'string') {
    const start = Array.from(value.slice(0, 2 * quotedLength + 1));
    const short = start.length <= quotedLength ? value : `${start.slice(0, quotedLength - 1).join('')}…`;
    return escapeUnprintable(JSON.stringify(short));
  }
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  if (Object.is(value, -0)) return '-0';
  return typeof value === 'function' || typeof value === 'symbol' ? `a ${typeof value}` : String(value);
}

const plainKey = /^[A-Za-z_$][\w$]{0,39}$/;

/** The path below the program as one would write it in JavaScript. */
export function pathText(keys: readonly unknown[]): string {
  const parts = keys.map((key) => {
    if (typeof key === 'number') return `[${key}]`;
    const name = String(key);
    return plainKey.test(name) ? `.${name}` : `[${quote(name)}]`;
  });
  return parts.length === 0 ? 'program' : parts.join('').replace(/^\./, '');
}

/** What is allowed instead of the given name: the whole list, or the closest names of a long one. */
export function choices(given: unknown, names: readonly (string | number)[]): string {
  if (names.length === 1) return `only ${names[0]}`;
  if (names.length <= listedNames) return `one of ${names.join(' ')}`;
  const closest = closestTo(typeof given === 'string' ? given.slice(0, quotedLength) : '', names.map(String));
  return `did you mean ${closest.join(' ')} ... of ${names.length}`;
}

/** The names most like the given one: first those that contain it or that it contains. */
function closestTo(given: string, names: readonly string[]): readonly string[] {
  const wanted = given.toUpperCase();
  const ranked = names.map((name) => {
    const known = name.toUpperCase();
    const within = wanted !== '' && (known.includes(wanted) || wanted.includes(known));
    return { name, distance: editDistance(wanted, known) - (within ? wanted.length + known.length : 0) };
  });
  return ranked
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, closestNames)
    .map(({ name }) => name);
}

/** Letters to insert, remove or replace to make one word of the other (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let line = 1; line <= from.length; line += 1) {
    const next = [line];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = row[column - 1]! + (from[line - 1] === to[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[column]! + 1, next[column - 1]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}
