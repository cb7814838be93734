import { branchEnd } from './branches.ts';
import { derivedAt } from './derive.ts';
import { labelOf } from './possible.ts';
import { branchEnds, childrenOf, nodeOf, trunkTo, type HistoryNode, type Session } from './session.ts';
import { eventWords } from './words.ts';

/** A way through the history, from the start to where it ends. */
export interface Branch {
  /** The node at which it ends. */
  readonly end: number;
  /** The first node that it shares with no branch listed before it. */
  readonly own: number;
  /** The branch that it leaves, as an index into the list; absent where it has a start of its own. */
  readonly from: number | undefined;
  /** Operations that it has, and how many of them come before its own first one. */
  readonly operations: number;
  readonly shared: number;
  readonly label: string;
  /** Whether the visitor gave it the label. */
  readonly named: boolean;
  /** Whether the cursor stands on it, and → follows it. */
  readonly current: boolean;
}

/** The first node after the last place at which the way to a node could have gone another way. */
function partingNode(session: Session, end: HistoryNode): HistoryNode {
  const trunk = trunkTo(session, end.id);
  const found = trunk.findLast(
    ({ parent }) => parent !== undefined && childrenOf(session, parent).length > 1,
  );
  return found ?? trunk[0] ?? end;
}

/** What was done at a node, as a kernel did it. */
export function nodeWords(session: Session, node: HistoryNode, kernel: string): string {
  const { made } = derivedAt(session, node.id, kernel);
  if (made) return labelOf(made.step.op);
  const isPlainStart = node.event.kind === 'setup' && Object.keys(node.event.setup).length === 0;
  return isPlainStart ? 'the program as it is' : eventWords(node.event, session.program);
}

/** All branches, in the order in which they were made. Labels name operations as the kernel does them. */
export function branchesOf(session: Session, kernel: string): readonly Branch[] {
  const current = branchEnd(session).id;
  const owner = new Map<number, number>();
  return branchEnds(session).map((end, index) => {
    const trunk = trunkTo(session, end.id);
    const own = trunk.find(({ id }) => !owner.has(id)) ?? end;
    for (const { id } of trunk) if (!owner.has(id)) owner.set(id, index);
    const name = session.names[end.id];
    return {
      end: end.id,
      own: own.id,
      from: own.parent === undefined ? undefined : owner.get(own.parent),
      operations: trunk.length - 1,
      shared: Math.max(0, trunk.indexOf(own) - 1),
      label: name ?? nodeWords(session, partingNode(session, end), kernel),
      named: name !== undefined,
      current: end.id === current,
    };
  });
}

/** How many operations two ways have in common, from the start on. */
export function commonOperations(session: Session, one: number, other: number): number {
  const left = trunkTo(session, one);
  const right = trunkTo(session, other);
  const parted = left.findIndex(({ id }, index) => right[index]?.id !== id);
  return Math.max(0, (parted < 0 ? Math.min(left.length, right.length) : parted) - 1);
}

/** The end of the branch that a node lies on, the way that → would go from there. */
export function endBeyond(session: Session, node: number): number {
  const next = session.lastChild[node];
  return next === undefined ? nodeOf(session, node).id : endBeyond(session, next);
}
