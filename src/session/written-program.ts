import { fail, ok, type Result } from '#base/result.ts';
import { programToJson } from '#program/format.ts';
import { parseProgram, problemLine } from '#program/parse.ts';
import { start, step } from '#program/runner.ts';
import type { Program } from '#program/types.ts';
import { derivedAt } from './derive.ts';
import { labelOf } from './possible.ts';
import { madeSteps } from './run-report.ts';
import type { Session } from './session.ts';
import { programNow } from './what-if.ts';

/**
 * The run up to the cursor on one kernel, written as a program: with every switch as it was turned, and what was done
 * freely in its place in the code. It was run, and makes the same steps; a run that no program makes says at which
 * step. That is one in which an operation was put before an instruction that had run, or that a saved pointer names.
 */
export function programOfRun(session: Session, kernel: string): Result<Program, string> {
  const { state } = derivedAt(session, session.cursor.node, kernel);
  const { code, userspace } = state;
  const program: Program = { ...programNow(session), code, userspace };
  const parsed = parseProgram(programToJson(program));
  if (!parsed.ok) return fail(`The run cannot be written as a program: ${problemLine(parsed.error)}.`);
  let at = start(state.kernel, program);
  for (const [index, wanted] of madeSteps(session, kernel).entries()) {
    const made = step(at);
    if (!made || JSON.stringify(made.step) !== JSON.stringify(wanted.step))
      return fail(
        `The run cannot be written as a program: at step ${index + 1}, ${labelOf(wanted.step.op)}, the program would do something else, because operations were put into code that runs more than once.`,
      );
    at = made.state;
  }
  return ok(program);
}
