import { fail, ok, type Result } from '#base/result.ts';
import { wordsOf } from './notation-line.ts';
import {
  formatOps,
  linesOf,
  listingNames,
  readOps,
  type LineProblem,
  type ListingName,
  type Reading,
} from './notation.ts';
import { parseProgram } from './parse.ts';
import type { ProgramProblem } from './problem.ts';
import { programFormat } from './schema.ts';
import type { Op, Program } from './types.ts';

/** A program's operations as text. */
export type Listings = Readonly<Record<ListingName, string>>;

export function listingsOf({ code, userspace }: Program): Listings {
  return {
    l1: formatOps(code.l1),
    l2: formatOps(code.l2),
    smm: formatOps(code.smm),
    userspace: formatOps(userspace),
  };
}

/** What is wrong, and in which listing; none of them: with the program as a whole. */
export type ListingProblem =
  | (LineProblem & { readonly list: ListingName })
  | { readonly list: undefined; readonly message: string };

/** The program with other operations and another title, or everything that is wrong with the text. */
export function readProgram(
  frame: Program,
  title: string,
  listings: Listings,
): Result<Program, readonly ListingProblem[]> {
  const readings = Object.fromEntries(
    listingNames.map((list) => [list, readOps(list, listings[list])]),
  ) as Readonly<Record<ListingName, Reading>>;
  const problems = listingNames.flatMap((list) =>
    readings[list].problems.map((problem) => ({ ...problem, list })),
  );
  if (problems.length > 0) return fail(problems);
  const ops = (list: ListingName): readonly Op[] => readings[list].ops.map(({ op }) => op);
  const { host, guest, vmcb12 } = frame;
  const parsed = parseProgram({
    format: programFormat,
    title,
    host,
    guest,
    vmcb12,
    code: { l1: ops('l1'), l2: ops('l2'), smm: ops('smm') },
    userspace: ops('userspace'),
  });
  return parsed.ok ? ok(parsed.value) : fail([located(parsed.error, listings, readings)]);
}

/** A problem of the program's document, at the line that the operation was written on. */
function located(
  { path, message }: ProgramProblem,
  listings: Listings,
  readings: Readonly<Record<ListingName, Reading>>,
): ListingProblem {
  const [, stream, userspace, index, key] =
    /^(?:code\.(l1|l2|smm)|(userspace))(?:\[(\d+)\])?(?:\.(\w+))?/.exec(path) ?? [];
  const list = (stream ?? userspace) as ListingName | undefined;
  if (list === undefined) return { list, message: `${path}: ${message}` };
  const lines = linesOf(listings[list]);
  const line = readings[list].ops[Number(index)]?.line ?? lines.length;
  return { list, line, message, ...spanOf(lines[line - 1] ?? '', key) };
}

/** The characters of a line that a key of its operation stands at; else all of the operation. */
function spanOf(line: string, key: string | undefined): Pick<LineProblem, 'column' | 'length'> {
  const words = wordsOf(line);
  const word = key === undefined ? undefined : words.find(({ text }) => text.split('=')[0] === key);
  const [start, end] = [word ?? words[0], word ?? words.at(-1)];
  if (!start || !end) return { column: 1, length: line.length };
  return { column: start.at + 1, length: end.at + end.text.length - start.at };
}
