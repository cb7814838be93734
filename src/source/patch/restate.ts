import { allNodes, branches, type Node } from '#kvm/ir.ts';
import { spells } from './match.ts';
import type { KnownNode } from './nodes.ts';
import type { Statement } from './statements.ts';
import { tieKey, type Found } from './ties.ts';

/**
 * Lines that a patch writes anew without changing what they do: a test turned round together with its branches, what a
 * call gives kept in a local before it is given back, a declaration.
 */

export const keyOf = ({ known }: Pick<Found, 'known'>): string => tieKey({ fn: known.fn, id: known.node.id });

/** A local declared without a value. */
export const isDeclaration = ({ kind, tokens }: Statement): boolean =>
  kind === 'other' && tokens.length > 1 && tokens.every((token) => /^(?:[A-Za-z_]\w*|[*,])$/.test(token));

/** Whether a statement declares a local and gives it a value. */
export const beginsDeclaration = ({ tokens }: Statement): boolean => /^\w/.test(tokens[1] ?? '');

/** The tokens of the opposite of a test. */
function opposite(tokens: readonly string[]): readonly (readonly string[])[] {
  if (tokens[0] !== '!')
    return [
      ['!', ...tokens],
      ['!', '(', ...tokens, ')'],
    ];
  const rest = tokens.slice(1);
  return rest[0] === '(' && rest.at(-1) === ')' ? [rest, rest.slice(1, -1)] : [rest];
}

/** What `return r` gives back, where `r` was assigned above it. */
function given(statement: Statement, above: readonly Statement[]): readonly string[] | undefined {
  const [, name, ...more] = statement.tokens;
  if (statement.kind !== 'return' || name === undefined || more.length > 0) return undefined;
  const last = above.findLast(({ tokens }) => tokens[0] === name && tokens[1] === '=');
  return last && ['return', ...last.tokens.slice(2)];
}

/** Of the nodes of a function the one that a statement is in other words, and whether it is a test turned round. */
export function inOtherWords(
  statement: Statement,
  above: readonly Statement[],
  nodes: readonly KnownNode[],
): { readonly known: KnownNode; readonly turned: boolean } | undefined {
  const give = given(statement, above);
  const wanted = statement.kind === 'test' ? opposite(statement.tokens) : give ? [give] : [];
  const kind = statement.kind === 'test' ? 'test' : 'return';
  const known = nodes.find(({ node }) => node.kind === kind && wanted.some((one) => spells(node, one)));
  return known && { known, turned: kind === 'test' };
}

/** The tests of a function whose second branch stands first in the lines. */
export function swappedTests(found: readonly Found[], nodes: readonly KnownNode[]): ReadonlySet<string> {
  const first = new Map<string, number>();
  for (const [index, { known, match }] of found.entries())
    if (match.exact && !first.has(known.node.id)) first.set(known.node.id, index);
  const begins = (branch: readonly Node[]): number =>
    Math.min(...allNodes(branch).flatMap(({ id }) => first.get(id) ?? []));
  const swapped = new Set<string>();
  for (const { node } of nodes) {
    if (node.kind !== 'test') continue;
    const [then, otherwise] = [begins(node.then), begins(node.otherwise)];
    if (otherwise < then && then !== Infinity) swapped.add(node.id);
  }
  return swapped;
}

/** The nodes of a function in the order of its lines, with the branches of these tests the other way round. */
export function ordered(nodes: readonly Node[], swapped: ReadonlySet<string>): readonly Node[] {
  return nodes.flatMap((node) => {
    const inner = branches(node).map((branch) => ordered(branch, swapped));
    return [node, ...(swapped.has(node.id) ? inner.toReversed() : inner).flat()];
  });
}

/** Whether nothing happens before a node: what is declared above it then holds the same value. */
export function isFirst(nodes: readonly Node[], id: string): boolean {
  for (const node of nodes) {
    if (node.id === id) return true;
    if (allNodes([node]).some((inner) => inner.id === id))
      return branches(node).some((branch) => isFirst(branch, id));
    if (node.kind !== 'let') return false;
  }
  return false;
}
