import { canStep, microSteps } from './derive.ts';
import { append, branchThrough, childrenOf, moveTo, nodeOf, type Session } from './session.ts';

/** Moving through the history: by operation, and by node of KVM code. */

/** One operation on: the branch that was followed last, or what the program does next. */
export function stepForward(session: Session): Session {
  const { node, micro } = session.cursor;
  // Inside an operation, one operation on is its end.
  if (micro !== undefined) return moveTo(session, { node });
  const next = session.lastChild[node] ?? childrenOf(session, node)[0]?.id;
  if (next !== undefined) return moveTo(session, { node: next });
  return canStep(session, node) ? append(session, node, { kind: 'step' }) : session;
}

/** One operation back. The way forward stays. */
export function stepBack(session: Session): Session {
  const { parent } = nodeOf(session, session.cursor.node);
  if (parent === undefined) return session;
  return { ...session, cursor: { node: parent } };
}

/** One node of KVM code on. */
export function microForward(session: Session): Session {
  const { node, micro } = session.cursor;
  if (micro === undefined) {
    const entered = stepForward(session);
    if (entered.cursor.node === node) return session;
    return microSteps(entered, entered.cursor.node) > 1
      ? { ...entered, cursor: { node: entered.cursor.node, micro: 1 } }
      : entered;
  }
  const total = microSteps(session, node);
  return { ...session, cursor: micro + 1 >= total ? { node } : { node, micro: micro + 1 } };
}

/** One node of KVM code back. */
export function microBack(session: Session): Session {
  const { node, micro } = session.cursor;
  const { parent } = nodeOf(session, node);
  if (parent === undefined) return session;
  const at = (micro ?? microSteps(session, node)) - 1;
  return { ...session, cursor: at <= 0 ? { node: parent } : { node, micro: at } };
}

/** To a micro-step of the operation at the cursor. */
export function microTo(session: Session, micro: number): Session {
  const { node } = session.cursor;
  const total = microSteps(session, node);
  return { ...session, cursor: micro >= total ? { node } : { node, micro: Math.max(1, micro) } };
}

/** To the start of the run, or to its end as far as it was gone. */
export function toEnd(session: Session, end: 'start' | 'end'): Session {
  const trunk = branchThrough(session, session.cursor.node);
  const to = end === 'start' ? trunk[0] : trunk.at(-1);
  return to ? moveTo(session, { node: to.id }) : session;
}
