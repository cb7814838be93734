import { startSession, type Session } from '#session/session.ts';
import { microTo, stepForward } from '#session/steps.ts';
import type { Witness } from './witness.ts';

/** A run of a witness on these kernels, at the step that shows it, or at one of its micro-steps. */
export function witnessSession(
  { program, step }: Witness,
  kernels: readonly string[],
  micro?: number,
): Session {
  let session = startSession(program, kernels);
  for (let at = 0; at <= step; at += 1) session = stepForward(session);
  return micro === undefined ? session : microTo(session, micro);
}
