import type { KvmFunction } from '#kvm/ir.ts';
import { kernel } from '#kvm/kernels.ts';
import type { Kernel } from '#kvm/kernel.ts';
import type { Patch } from '#kvm/patch.ts';
import { patchMarks } from '#session/patch-marks.ts';
import type { FileDiff, Hunk } from './diff-read.ts';
import { isCode } from './match.ts';
import { isFileOf, knownFunctions, placedNodes, type KnownNode } from './nodes.ts';
import {
  beginsDeclaration,
  inOtherWords,
  isDeclaration,
  isFirst,
  keyOf,
  ordered,
  swappedTests,
} from './restate.ts';
import type { Statement } from './statements.ts';
import { foundIn, sidesOf, tieKey, type Found } from './ties.ts';

/** Whether a diff makes the change of a patch that the model has: the same nodes, in the same places, nothing else. */

/** What a diff must show on one base. */
interface Expected {
  readonly before: Kernel;
  readonly after: Kernel;
  /** Keys of nodes. */
  readonly added: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
  /** Where only a part of the change is compared: the functions in which it stands. */
  readonly within: ReadonlySet<string> | undefined;
}

const placed = new WeakMap<KvmFunction, readonly KnownNode[]>();

function nodesOf(fn: KvmFunction): readonly KnownNode[] {
  let nodes = placed.get(fn);
  if (!nodes) placed.set(fn, (nodes = placedNodes(fn)));
  return nodes;
}

function nodesIn({ functions }: Kernel, path: string): (fn: string) => readonly KnownNode[] | undefined {
  return (name) => {
    const [fn, known] = [functions[name], knownFunctions().get(name)];
    return fn && known && isFileOf(path, known) ? nodesOf(fn) : undefined;
  };
}

const expectations = new Map<string, Expected | undefined>();

function expectedOn(base: string, patch: Patch): Expected | undefined {
  const id = `${base}+${patch.id}`;
  if (!expectations.has(id)) expectations.set(id, workOut(base, patch));
  return expectations.get(id);
}

function workOut(base: string, patch: Patch): Expected | undefined {
  const [before, after] = [kernel(base), kernel(`${base}+${patch.id}`)];
  if (!before.ok || !after.ok) return undefined;
  const code = new Set(
    [before.value, after.value].flatMap(({ functions }) =>
      Object.values(functions).flatMap((fn) =>
        nodesOf(fn).flatMap(({ node }) => (isCode(node) ? [tieKey({ fn: fn.name, id: node.id })] : [])),
      ),
    ),
  );
  const marks = [...patchMarks(after.value)].filter(
    ([key, mark]) => mark.moved === undefined && code.has(key),
  );
  const signed = (sign: '+' | '-'): ReadonlySet<string> =>
    new Set(marks.filter(([, mark]) => mark.sign === sign).map(([key]) => key));
  const { shows } = patch;
  return {
    before: before.value,
    after: after.value,
    added: shows ? new Set(shows.map(tieKey)) : signed('+'),
    removed: shows ? new Set() : signed('-'),
    within: shows && new Set(shows.map(({ fn }) => fn)),
  };
}

const spellings: Readonly<Record<number, readonly string[]>> = { 0: ['0', 'false'], 1: ['1', 'true'] };

/** Whether a call hands over what the node says, as far as that is yes or no. */
function sameArguments({ statement, known: { node } }: Found): boolean {
  if (node.kind !== 'call') return true;
  return Object.values(node.args).every((arg) => {
    const words = arg.kind === 'const' ? spellings[arg.value] : undefined;
    return !words || words.some((word) => statement.tokens.includes(word));
  });
}

/** Whether a line stands in a function that the patch brings whole, of which only a part is compared. */
function isBeside({ fn = '' }: Statement, { within, before, after }: Expected): boolean {
  return within?.has(fn) === false && !before.functions[fn] && after.functions[fn] !== undefined;
}

/** What the changed lines of one side are. */
interface Covered {
  /** Keys of expected nodes. */
  readonly expected: readonly string[];
  /** Keys of nodes that both kernels have: taken away on one side and written anew on the other. */
  readonly restated: readonly string[];
  /** Tests that are turned round, by id. */
  readonly turned: ReadonlySet<string>;
  readonly elses: number;
}

/** One side of a hunk, as the kernel of that side has it. */
interface Side {
  readonly statements: readonly Statement[];
  readonly found: readonly Found[];
  readonly nodes: (fn: string) => readonly KnownNode[] | undefined;
}

/** What the changed lines of one side are; undefined where one is something else. */
function coveredBy(side: Side, wanted: ReadonlySet<string>, expected: Expected): Covered | undefined {
  const keys: string[] = [];
  const restated: string[] = [];
  const turned = new Set<string>();
  let elses = 0;
  for (const [index, statement] of side.statements.entries()) {
    if (!statement.changed || isBeside(statement, expected)) continue;
    const exact = side.found.filter(
      (one) => one.statement === statement && one.match.exact && sameArguments(one),
    );
    const own = exact.map(keyOf).filter((key) => wanted.has(key));
    if (own.length > 0) keys.push(...own);
    else if (exact.length > 0) restated.push(...exact.map(keyOf));
    else if (statement.kind === 'else') elses += 1;
    else if (!isDeclaration(statement)) {
      const above = side.statements.slice(0, index);
      const other = inOtherWords(statement, above, side.nodes(statement.fn ?? '') ?? []);
      if (!other) return undefined;
      restated.push(keyOf(other));
      if (other.turned) turned.add(other.known.node.id);
    }
  }
  return { expected: keys, restated, turned, elses };
}

/** Whether both sides say the same, but for what is expected of either. */
function restates(old: Covered, now: Covered): boolean {
  const sorted = ({ restated }: Covered): string => restated.toSorted().join('\n');
  return sorted(old) === sorted(now) && (old.elses === now.elses || now.turned.size > 0);
}

interface Step {
  readonly place: number;
  readonly added: boolean;
}

/** The places of a function's statements one after the other; undefined where they go backwards. */
function stepsIn(
  found: readonly Found[],
  places: ReadonlyMap<string, number>,
  added: readonly string[],
): readonly Step[] | undefined {
  const steps: Step[] = [];
  for (const statement of new Set(found.map((one) => one.statement))) {
    const last = steps.at(-1)?.place ?? -1;
    const at = found
      .filter((one) => one.statement === statement)
      .flatMap((one) => {
        const place = places.get(one.known.node.id);
        return place === undefined || place <= last ? [] : [{ place, added: added.includes(keyOf(one)) }];
      });
    if (at.length === 0) return undefined;
    steps.push(...at.toSorted((one, other) => one.place - other.place));
  }
  return steps;
}

/** Whether the tests that are written anew go with the order of their branches in the lines. */
function turnedRight(found: readonly Found[], swapped: ReadonlySet<string>, { turned }: Covered): boolean {
  const kept = found.filter(({ statement, known }) => statement.changed && known.node.kind === 'test');
  return [...turned].every((id) => swapped.has(id)) && !kept.some(({ known }) => swapped.has(known.node.id));
}

/** Whether what a hunk adds to a function stands where the model has it: in order, and next to a line that stays. */
function inOrder(all: readonly Found[], fn: KvmFunction, covered: Covered): boolean {
  // A local that is declared with its value stands at the head of the function.
  const atHead = ({ statement, known: { node } }: Found): boolean =>
    node.kind === 'let' && beginsDeclaration(statement) && isFirst(fn.body, node.id);
  const found = all.filter((one) => one.known.fn === fn.name && one.match.exact && !atHead(one));
  const swapped = swappedTests(found, nodesOf(fn));
  if (!turnedRight(found, swapped, covered)) return false;
  const code = ordered(fn.body, swapped).filter(isCode);
  const steps = stepsIn(found, new Map(code.map(({ id }, index) => [id, index])), covered.expected);
  if (!steps) return false;
  if (!steps.some(({ added }) => added)) return true;
  return steps.some((step, index) => {
    const next = steps[index + 1];
    return next !== undefined && step.added !== next.added && next.place === step.place + 1;
  });
}

/** Whether what stands in a test in the model stands further in than the test in the diff. */
function nested(found: readonly Found[], expected: ReadonlySet<string>): boolean {
  const indents = new Map(found.map((one) => [keyOf(one), one.statement.indent]));
  return found.every((one) => {
    const parent = one.known.parent === undefined ? '' : tieKey({ fn: one.known.fn, id: one.known.parent });
    if (!expected.has(keyOf(one)) || !expected.has(parent)) return true;
    return one.statement.indent > (indents.get(parent) ?? Infinity);
  });
}

/** The expected nodes that a hunk adds and removes; undefined where it does something else too. */
function judgeHunk(file: FileDiff, hunk: Hunk, expected: Expected): readonly string[] | undefined {
  const { before, after } = expected;
  const [oldNodes, nowNodes] = [nodesIn(before, file.path), nodesIn(after, file.path)];
  const [old, now] = sidesOf(file.path, hunk);
  const found = foundIn(now, nowNodes);
  const removed = coveredBy(
    { statements: old, found: foundIn(old, oldNodes), nodes: oldNodes },
    expected.removed,
    expected,
  );
  const added = coveredBy({ statements: now, found, nodes: nowNodes }, expected.added, expected);
  if (!removed || !added || !restates(removed, added)) return undefined;
  const touched = new Set([...added.expected, ...added.restated]);
  const names = new Set(found.filter((one) => touched.has(keyOf(one))).map(({ known }) => known.fn));
  const functions = [...names].flatMap((name) => after.functions[name] ?? []);
  if (!functions.every((fn) => inOrder(found, fn, added))) return undefined;
  if (!nested(found, expected.added)) return undefined;
  return [...removed.expected.map((key) => `-${key}`), ...added.expected.map((key) => `+${key}`)];
}

function fits(files: readonly FileDiff[], expected: Expected): boolean {
  const covered: string[] = [];
  for (const file of files) {
    for (const hunk of file.hunks) {
      const judged = judgeHunk(file, hunk, expected);
      if (!judged) return false;
      covered.push(...judged);
    }
  }
  const wanted = [
    ...[...expected.removed].map((key) => `-${key}`),
    ...[...expected.added].map((key) => `+${key}`),
  ];
  return covered.length === wanted.length && wanted.every((key) => covered.includes(key));
}

/** Whether a diff makes the change of a patch, on one of the bases that it applies to. */
export function makesChange(files: readonly FileDiff[], patch: Patch): boolean {
  return patch.bases.some((base) => {
    const expected = expectedOn(base, patch);
    return expected !== undefined && fits(files, expected);
  });
}
