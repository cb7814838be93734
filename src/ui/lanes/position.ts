import { microSteps } from '#session/derive.ts';
import { branchThrough, moveTo, nodeOf, trunkTo, type Session } from '#session/session.ts';
import { microBack, microForward, microTo, stepBack, stepForward, toEnd } from '#session/steps.ts';
import type { ScrubberMove } from './Scrubber.tsx';

/** How many operations are done at the cursor; inside one, with the part of it that is. */
export function positionOf(session: Session): number {
  const { node, micro } = session.cursor;
  const whole = trunkTo(session, node).length - 1;
  if (micro === undefined) return whole;
  return whole - 1 + micro / Math.max(1, microSteps(session, node));
}

/** To a place between the operations or within one. Near an end of an operation the end is meant. */
export function moveToPosition(session: Session, position: number): Session {
  const trunk = branchThrough(session, session.cursor.node);
  const near = Math.round(position);
  if (Math.abs(position - near) < 0.06)
    return moveTo(session, { node: trunk[near]?.id ?? session.cursor.node });
  const node = trunk[Math.ceil(position)]?.id ?? session.cursor.node;
  const part = position - Math.floor(position);
  const at = moveTo(session, { node });
  return microTo(at, Math.round(part * microSteps(session, node)));
}

const moves: Readonly<Record<ScrubberMove, (session: Session) => Session>> = {
  back: stepBack,
  forward: stepForward,
  'micro-back': microBack,
  'micro-forward': microForward,
  start: (session) => toEnd(session, 'start'),
  end: (session) => toEnd(session, 'end'),
};

export const moveBy = (session: Session, move: ScrubberMove): Session => moves[move](session);

/** The position in words. */
export function positionWords(session: Session, labels: readonly string[]): string {
  const { node, micro } = session.cursor;
  const whole = trunkTo(session, node).length - 1;
  if (nodeOf(session, node).parent === undefined) return `start, before operation 1 of ${labels.length}`;
  const within = micro === undefined ? '' : `, node ${micro} of ${microSteps(session, node)}`;
  return `${whole} of ${labels.length}: ${labels[whole - 1] ?? ''}${within}`;
}
