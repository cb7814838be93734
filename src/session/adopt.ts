import { equalJson } from '#base/equal.ts';
import type { Session } from './session.ts';

/**
 * A session that came from elsewhere, with the very nodes of the one at hand where they are the same: what was derived
 * of them need not be derived again.
 */
export function adopted(own: Session, come: Session): Session {
  if (!equalJson(own.program, come.program)) return come;
  const nodes = come.nodes.map((node) => {
    const known = own.nodes[node.id];
    return known && equalJson(known, node) ? known : node;
  });
  return { ...come, program: own.program, nodes };
}
