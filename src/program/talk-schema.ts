import * as v from 'valibot';

import { fail, ok, type Result } from '#base/result.ts';
import { kernel } from '#kvm/kernels.ts';
import { invariants } from './invariants.ts';
import { pathText, type ProgramProblem } from './problem.ts';
import { brokenRules } from './rules.ts';
import { programSchema } from './schema.ts';
import { closed, list, oneOf, shortList, text, upTo } from './schema-kit.ts';
import { panelNames, type Talk, type TalkFile } from './talk.ts';

/** The limits of a talk: beyond them it is none that a person wrote. */
const mostStops = 500;
const longestNote = 20_000;

const shortText = v.pipe(
  text,
  v.maxLength(200, ({ input }) => `${input.length} characters, at most 200`),
);

const note = v.pipe(
  text,
  v.maxLength(longestNote, ({ input }) => `${input.length} characters, at most ${longestNote}`),
);

const kernelId = v.pipe(
  text,
  v.rawCheck(({ dataset, addIssue }) => {
    const known = dataset.typed ? kernel(dataset.value) : ok(undefined);
    if (!known.ok) addIssue({ message: known.error });
  }),
);

const source = closed({
  author: shortText,
  date: v.pipe(
    text,
    v.regex(/^\d{4}-\d{2}-\d{2}$/, ({ input }) => `not a date as YYYY-MM-DD: ${input}`),
  ),
  messageId: v.exactOptional(shortText),
});

const about = v.variant(
  'kind',
  [
    closed({ kind: v.literal('function'), fn: shortText }),
    closed({ kind: v.literal('test'), fn: shortText, test: shortText }),
    closed({
      kind: v.literal('invariant'),
      id: oneOf(
        'invariant',
        invariants.map(({ id }) => id),
      ),
    }),
  ],
  'not one of function test invariant',
);

const kernelIds = v.pipe(
  shortList(kernelId, 'kernels', 4),
  v.minLength(1, () => 'no kernel, 1 to 4'),
  v.check(
    (ids) => new Set(ids).size === ids.length,
    () => 'a kernel twice',
  ),
);

const stop = closed({
  at: upTo(1000, 'a number of operations, 0 to 1000'),
  scenario: v.exactOptional(shortText),
  kernels: v.exactOptional(kernelIds),
  title: v.exactOptional(shortText),
  text: note,
  show: v.exactOptional(list(oneOf('panel', panelNames))),
  source: v.exactOptional(source),
  about: v.exactOptional(about),
});

const stops = shortList(stop, 'stops', mostStops);

/** A talk as it is written down. */
const talkSchema = closed({ title: shortText, stops });

/** The name that a talk's document bears. */
export const talkFormat = 'svmscope/talk@1';

/** A talk as a document of its own, with the program of the stops that name none. */
export const talkFileSchema = closed({
  format: oneOf('format', [talkFormat]),
  title: v.pipe(shortText, v.description('a string')),
  stops,
  kernels: v.exactOptional(kernelIds),
  program: programSchema,
});

/** The talk that a value as JSON.parse() makes it describes, or the first thing that is wrong with it. */
export function parseTalk(value: unknown): Result<Talk, ProgramProblem> {
  const parsed = v.safeParse(talkSchema, value, { abortEarly: true });
  return parsed.success ? ok(parsed.output) : fail(problemOf(parsed.issues));
}

/** The talk and the program of a document of its format, or the first thing that is wrong with it. */
export function parseTalkFile(value: unknown): Result<TalkFile, ProgramProblem> {
  const parsed = v.safeParse(talkFileSchema, value, { abortEarly: true });
  if (!parsed.success) return fail(problemOf(parsed.issues));
  const { title, stops: written, kernels, program: document } = parsed.output;
  const { format: _format, ...program } = document;
  const [broken] = brokenRules(program);
  if (broken !== undefined) return fail({ ...broken, path: `talk.program.${broken.path}` });
  return ok({ program, talk: { title, stops: written }, ...(kernels && { kernels }) });
}

function problemOf([{ path, message }]: readonly [v.BaseIssue<unknown>, ...unknown[]]): ProgramProblem {
  return { path: pathText(['talk', ...(path ?? []).map(({ key }) => key)]), message };
}
