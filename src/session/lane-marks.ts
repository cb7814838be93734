import { derivedAt } from './derive.ts';
import type { Session } from './session.ts';
import { outcomeWords } from './words.ts';

/** What one kernel made of an operation, as a text that is equal for equal outcomes. */
function outcomeKey(session: Session, node: number, kernel: string): string {
  const { made, idle } = derivedAt(session, node, kernel);
  if (!made) return `idle ${idle ?? ''}`;
  const { op, outcome, after, exit } = made.step;
  return JSON.stringify([op, outcome, after, exit]);
}

/** Whether the shown kernels came to different outcomes at a node; in words, kernel by kernel. */
export function differenceAt(session: Session, node: number): string | undefined {
  const keys = new Set(session.kernels.map((kernel) => outcomeKey(session, node, kernel)));
  if (keys.size < 2) return undefined;
  return session.kernels
    .map((kernel) => {
      const { made, idle } = derivedAt(session, node, kernel);
      return `${kernel}: ${made ? outcomeWords(made.step.outcome) : (idle ?? 'nothing')}`;
    })
    .join('; ');
}
