import type { Session } from './session.ts';

const equal = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

/**
 * A session that came from elsewhere, with the very nodes of the one at hand where they are the same: what was derived
 * of them need not be derived again.
 */
export function adopted(own: Session, come: Session): Session {
  if (!equal(own.program, come.program)) return come;
  const nodes = come.nodes.map((node) => {
    const known = own.nodes[node.id];
    return known && equal(known, node) ? known : node;
  });
  return { ...come, program: own.program, nodes };
}
