import * as v from 'valibot';

import { fail, ok, type Result } from '#base/result.ts';
import { jsonFault, linePosition } from './json-scan.ts';
import { pathText, type ProgramProblem } from './problem.ts';
import { brokenRules } from './rules.ts';
import { programSchema } from './schema.ts';
import type { Program } from './types.ts';

export { problemLine, type ProgramProblem } from './problem.ts';

/** Characters of the longest document that is looked at. */
const longestText = 1_000_000;

/** The program that a document in JSON describes, or the first thing that is wrong with it. */
export function parseProgramText(text: string): Result<Program, ProgramProblem> {
  const value = parseJson(text);
  return value.ok ? parseProgram(value.value) : value;
}

/** The value that a text in JSON holds, or where it is none. */
export function parseJson(text: string): Result<unknown, ProgramProblem> {
  if (text.length > longestText)
    return fail({ path: 'program', message: `${text.length} characters, at most ${longestText}` });
  // Some ways to read a file leave the byte order mark, others take it away.
  const json = text.replace(/^\uFEFF/, '');
  const fault = jsonFault(json);
  if (fault === undefined) return ok(JSON.parse(json));
  const { line, column } = linePosition(json, fault.at);
  return fail({ path: `line ${line}, column ${column}`, message: fault.message });
}

/** The program that a value as JSON.parse() makes it describes, or the first thing that is wrong with it. */
export function parseProgram(value: unknown): Result<Program, ProgramProblem> {
  const parsed = v.safeParse(programSchema, value, { abortEarly: true });
  if (!parsed.success) {
    const [{ path, message }] = parsed.issues;
    return fail({ path: pathText((path ?? []).map(({ key }) => key)), message });
  }
  const { format: _format, ...program } = parsed.output;
  const [broken] = brokenRules(program);
  return broken === undefined ? ok(program) : fail(broken);
}
