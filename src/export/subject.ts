import type { Evidence } from '#session/evidence.ts';
import type { Session } from '#session/session.ts';

/** What the sender of a text chooses. */
export interface Choices {
  /** The call path of the operation at the cursor. */
  readonly path: boolean;
  /** The lanes of the whole run so far, or of the operation at the cursor alone. */
  readonly run: 'whole' | 'step';
}

/** What a text is written about. */
export interface Subject {
  readonly session: Session;
  /** The kernel that the others are held against: an index into those of the session. */
  readonly focus: number;
  /** What recordings say of the operation at the cursor, by kernel; a kernel without is one that was not looked up. */
  readonly evidence: ReadonlyMap<string, Evidence>;
  /** The address at which the run opens. */
  readonly link: string | undefined;
  readonly choices: Choices;
}
