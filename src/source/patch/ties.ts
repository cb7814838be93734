import type { FileDiff, Hunk } from './diff-read.ts';
import { matchOf, type Match } from './match.ts';
import { isFileOf, isKnownFile, knownFunctions, type KnownFunction, type KnownNode } from './nodes.ts';
import { statementsOf, type Statement } from './statements.ts';

/** A node of the model that a statement of a hunk is. */
export interface Tie {
  readonly fn: string;
  readonly id: string;
  readonly text: string;
  /** The statement is added or removed, or stands beside what is. */
  readonly sign: '+' | '-' | ' ';
  /** Lines of the hunk, as indices. */
  readonly lines: readonly number[];
  readonly exact: boolean;
  /** Why, to follow `tied by`. */
  readonly by: string;
  /** How many nodes of the function read the same and cannot be told apart here. */
  readonly alike: number;
}

/** What a hunk has to do with the model. */
export interface HunkTies {
  readonly ties: readonly Tie[];
  /** Functions that the hunk touches, changed lines only, in their order. */
  readonly functions: readonly string[];
  /** Of these the ones that the model has. */
  readonly known: readonly string[];
  /** In one sentence. */
  readonly words: string;
}

/** As rows of the code panel are keyed. */
export const tieKey = ({ fn, id }: Pick<Tie, 'fn' | 'id'>): string => `${fn}() ${id}`;

/** A statement of a hunk and a node that it is. */
export interface Found {
  readonly statement: Statement;
  readonly known: KnownNode;
  readonly match: Match;
}

const topLevel = 8;

/** Of nodes that read alike the ones in whose place the statement stands. */
function inPlace(found: readonly Found[], statement: Statement, before: readonly Found[]): readonly Found[] {
  if (found.length < 2) return found;
  const outer = before
    .toReversed()
    .find((one) => one.statement.kind === 'test' && one.statement.indent < statement.indent);
  const tests = new Set(
    before.filter((one) => one.statement === outer?.statement).map(({ known }) => known.node.id),
  );
  const inside = found.filter(({ known }) => known.parent !== undefined && tests.has(known.parent));
  if (inside.length > 0) return inside;
  const top = found.filter(({ known }) => (known.parent === undefined) === statement.indent <= topLevel);
  return top.length > 0 ? top : found;
}

/** Statements of one spelling: of those that are alike only the nearest in place are kept. */
function settle(all: readonly Found[], statement: Statement, before: readonly Found[]): readonly Found[] {
  const best = all.some(({ match }) => match.exact) ? all.filter(({ match }) => match.exact) : all;
  const texts = [...new Set(best.map(({ known }) => known.node.text))];
  return texts.flatMap((text) =>
    inPlace(
      best.filter(({ known }) => known.node.text === text),
      statement,
      before,
    ),
  );
}

/** The nodes that each statement of a side is, as one kernel or all of them have them. */
export function foundIn(
  statements: readonly Statement[],
  nodesOf: (fn: string) => readonly KnownNode[] | undefined,
): readonly Found[] {
  const found: Found[] = [];
  for (const statement of statements) {
    const nodes = statement.fn === undefined ? undefined : nodesOf(statement.fn);
    const all = (nodes ?? []).flatMap((known) => {
      const match = matchOf(statement, known.node);
      return match ? [{ statement, known, match }] : [];
    });
    found.push(...settle(all, statement, found));
  }
  // A node is one statement: what only resembles it is something else.
  const sure = new Set(found.filter(({ match }) => match.exact).map(({ known }) => known.node));
  return found.filter(({ match, known }) => match.exact || !sure.has(known.node));
}

function tiesOf(found: readonly Found[], side: '+' | '-'): readonly Tie[] {
  return found.map(({ statement, known: { fn, node }, match }) => ({
    fn,
    id: node.id,
    text: node.text,
    sign: statement.changed ? side : ' ',
    lines: statement.lines,
    ...match,
    alike: found.filter((one) => one.statement === statement && one.known.node.text === node.text).length,
  }));
}

const list = (names: readonly string[]): string => names.map((name) => `${name}()`).join(', ');
const nodesWord = (count: number): string => (count === 1 ? '1 node' : `${count} nodes`);

function wordsOf(
  path: string,
  functions: readonly string[],
  known: readonly string[],
  ties: readonly Tie[],
): string {
  const keys = new Set(ties.map(tieKey));
  const unknown = functions.filter((name) => !known.includes(name));
  const rest = unknown.length === 0 ? '' : `; ${list(unknown)}: not covered by the model`;
  if (keys.size > 0) {
    const fns = [...new Set(ties.map(({ fn }) => fn))];
    return `ties to ${nodesWord(keys.size)} in ${list(fns)}${rest}`;
  }
  if (known.length > 0)
    return `in ${list(known)}, which the model has; none of the lines is a node of it${rest}`;
  if (!isKnownFile(path)) return `not covered by the model: ${path}`;
  if (functions.length === 0) return `in no function that the hunk names; ${path} is covered in part`;
  return `not covered by the model: ${list(functions)} in ${path}`;
}

/** Exact matches that tell in which function a hunk stands. */
const tellingMatches = 2;

/** The one function of a file whose nodes more of the statements are than of any other. */
function functionByLines(path: string, statements: readonly Statement[]): string | undefined {
  const counts = [...knownFunctions().values()]
    .filter((fn) => isFileOf(path, fn))
    .map(({ name, nodes }) => ({
      name,
      count: statements.filter((one) => nodes.some(({ node }) => matchOf(one, node)?.exact)).length,
    }))
    .toSorted((one, other) => other.count - one.count);
  const [first, second] = counts;
  return first && first.count >= tellingMatches && first.count > (second?.count ?? 0)
    ? first.name
    : undefined;
}

/** The statements of the old and of the new side. Where the diff names no function, the lines may tell it. */
export function sidesOf(path: string, hunk: Hunk): readonly [readonly Statement[], readonly Statement[]] {
  const [old, now] = [statementsOf(hunk, '-'), statementsOf(hunk, '+')];
  if ([...old, ...now].some(({ fn }) => fn !== undefined)) return [old, now];
  const fn = functionByLines(path, now) ?? functionByLines(path, old);
  return [old.map((one) => ({ ...one, fn })), now.map((one) => ({ ...one, fn }))];
}

/** Tie a hunk to the nodes of the model. */
export function tieHunk({ path }: FileDiff, hunk: Hunk): HunkTies {
  const sides = sidesOf(path, hunk);
  const functionAt = (name: string): KnownFunction | undefined => {
    const fn = knownFunctions().get(name);
    return fn && isFileOf(path, fn) ? fn : undefined;
  };
  const nodesOf = (name: string): readonly KnownNode[] | undefined => functionAt(name)?.nodes;
  const old = tiesOf(foundIn(sides[0], nodesOf), '-').filter(({ sign }) => sign === '-');
  const ties = [...old, ...tiesOf(foundIn(sides[1], nodesOf), '+')].toSorted(
    (one, other) => one.lines[0]! - other.lines[0]!,
  );
  const touched = sides.flat().filter(({ changed }) => changed);
  const named = (touched.length > 0 ? touched : sides[1]).flatMap(({ fn }) => fn ?? []);
  const functions = [...new Set(named)];
  const known = functions.filter((name) => functionAt(name) !== undefined);
  return { ties, functions, known, words: wordsOf(path, functions, known, ties) };
}
