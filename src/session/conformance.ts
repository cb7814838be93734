import { present } from '#base/assert.ts';
import { kernel } from '#kvm/kernels.ts';
import { compareCase, type CaseVerdict } from '#program/conformance/compare.ts';
import { parseProgram, problemLine } from '#program/parse.ts';
import { run } from '#program/runner.ts';
import type { Program } from '#program/types.ts';
import type { Recordings } from './evidence.ts';
import { startSession, type Session } from './session.ts';

/** A recorded program, and the kernels that it was recorded on. */
export interface CaseEntry {
  readonly name: string;
  readonly title: string;
  readonly kernels: readonly string[];
}

/** How the model fares in one case: one program on one kernel. */
export interface CaseResult {
  readonly name: string;
  readonly kernel: string;
  readonly verdict: CaseVerdict;
}

function programOf({ cases }: Recordings, name: string): Program {
  const parsed = parseProgram(present(cases[name], `case ${name}`).program);
  if (!parsed.ok) throw new Error(`${name}: ${problemLine(parsed.error)}`);
  return parsed.value;
}

/** What was recorded. */
export function caseEntries(recordings: Recordings): readonly CaseEntry[] {
  return Object.entries(recordings.cases).map(([name, { kernels }]) => ({
    name,
    title: programOf(recordings, name).title,
    kernels: Object.keys(kernels),
  }));
}

/** Run the model over every case, one after the other. */
export function* caseResults(recordings: Recordings): Generator<CaseResult, undefined> {
  for (const [name, recorded] of Object.entries(recordings.cases)) {
    const program = programOf(recordings, name);
    for (const id of Object.keys(recorded.kernels)) {
      const built = kernel(id);
      if (!built.ok) throw new Error(`${name}: ${built.error}`);
      const report = run(built.value, program);
      yield { name, kernel: id, verdict: compareCase(report, recorded, recordings.vocabulary) };
    }
  }
  return undefined;
}

/** A run of the recorded program, on a kernel that it was recorded on. */
export function caseSession(recordings: Recordings, name: string, kernelId: string): Session {
  return startSession(programOf(recordings, name), [kernelId]);
}
