import { present } from '#base/assert.ts';
import { branchEnds, branchThrough, moveTo, type HistoryNode, type Session } from './session.ts';

/** The node at which the branch ends that the cursor stands on. */
export function branchEnd(session: Session): HistoryNode {
  return present(branchThrough(session, session.cursor.node).at(-1), 'a branch');
}

/** To the end of the next branch, in the order in which they were made; after the last one the first. */
export function nextBranch(session: Session): Session {
  const ends = branchEnds(session);
  const at = ends.findIndex(({ id }) => id === branchEnd(session).id);
  const next = present(ends[(at + 1) % ends.length], 'a branch end');
  return ends.length < 2 ? session : moveTo(session, { node: next.id });
}
