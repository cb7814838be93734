import { fail, ok, type Result } from '#base/result.ts';
import { programToJson } from '#program/format.ts';
import { parseJson, parseProgram } from '#program/parse.ts';
import { choices, quote, type ProgramProblem } from '#program/problem.ts';
import { parseTalkFile, talkFormat } from '#program/talk-schema.ts';
import type { Talk, TalkFile } from '#program/talk.ts';
import { startSession, type Session } from '#session/session.ts';
import { scenarios } from './scenarios.ts';
import { goToStop, ownProgram } from './talks.ts';

/** A talk as a file, and every file that holds a program. */

/** What a document in JSON holds, a program or a talk with its program, or the first thing that is wrong with it. */
export function parseFileText(text: string): Result<TalkFile, ProgramProblem> {
  const value = parseJson(text);
  if (!value.ok) return value;
  if (!isTalk(value.value)) {
    const program = parseProgram(value.value);
    return program.ok ? ok({ program: program.value }) : program;
  }
  const file = parseTalkFile(value.value);
  const problem = file.ok && file.value.talk ? unknownScenario(file.value.talk) : undefined;
  return problem ? fail(problem) : file;
}

/** Whether it is meant to be a talk, of whatever version. */
function isTalk(value: unknown): boolean {
  const format = typeof value === 'object' && value !== null && 'format' in value && value.format;
  return typeof format === 'string' && format.startsWith('svmscope/talk@');
}

function unknownScenario({ stops }: Talk): ProgramProblem | undefined {
  const ids = scenarios.map(({ id }) => id);
  const index = stops.findIndex(({ scenario }) => scenario !== undefined && !ids.includes(scenario));
  const name = stops[index]?.scenario;
  if (name === undefined) return undefined;
  const message = `unknown scenario ${quote(name)}, ${choices(name, ids)}`;
  return { path: `talk.stops[${index}].scenario`, message };
}

/** A run of what a file holds: of a talk at its first stop. Kernels that the file does not name are these. */
export function openFile({ program, talk, kernels }: TalkFile, shown: readonly string[]): Session {
  const session = startSession(program, kernels ?? shown);
  if (!talk) return session;
  const talking: Session = { ...session, talk: { kind: 'own', talk } };
  return talk.stops.length === 0 ? talking : goToStop(talking, 0).session;
}

/** The document of a talk, with the kernels that are shown now. */
export function talkFileText(session: Session, { title, stops }: Talk): string {
  const { kernels } = session;
  const program = programToJson(ownProgram(session));
  return `${JSON.stringify({ format: talkFormat, title, kernels, stops, program }, null, 2)}\n`;
}
