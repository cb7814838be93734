import type { Report } from '#program/report.ts';
import type { StepRun } from '#program/runner.ts';
import { derivedAt } from './derive.ts';
import { trunkTo, type Session } from './session.ts';

/** The steps that a kernel has made up to the cursor. Where it did not move there is none. */
export function madeSteps(session: Session, kernel: string): readonly StepRun[] {
  return trunkTo(session, session.cursor.node).flatMap(({ id }) => derivedAt(session, id, kernel).made ?? []);
}

/** The report of the run up to the cursor, as the headless command would give it. */
export function reportAt(session: Session, kernel: string): Report {
  const made = madeSteps(session, kernel);
  return {
    format: 'svmscope/report@1',
    title: session.program.title,
    kernel,
    steps: made.map(({ step }, index) => ({ index, ...step })),
    violations: made.flatMap(({ violations }, step) => violations.map((invariant) => ({ step, invariant }))),
  };
}
