import * as v from 'valibot';

import { fail, ok, type Result } from '#base/result.ts';
import { kernel } from '#kvm/kernels.ts';
import { invariants } from './invariants.ts';
import { pathText, type ProgramProblem } from './problem.ts';
import { closed, list, oneOf, shortList, text, upTo } from './schema-kit.ts';
import { panelNames, type Talk } from './talk.ts';

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

const stop = closed({
  at: upTo(1000, 'a number of operations, 0 to 1000'),
  scenario: v.exactOptional(shortText),
  kernels: v.exactOptional(
    v.pipe(
      shortList(kernelId, 'kernels', 4),
      v.minLength(1, () => 'no kernel, 1 to 4'),
    ),
  ),
  title: v.exactOptional(shortText),
  text: note,
  show: v.exactOptional(list(oneOf('panel', panelNames))),
  source: v.exactOptional(source),
  about: v.exactOptional(about),
});

/** A talk as it is written down. */
const talkSchema = closed({ title: shortText, stops: shortList(stop, 'stops', mostStops) });

/** The talk that a value as JSON.parse() makes it describes, or the first thing that is wrong with it. */
export function parseTalk(value: unknown): Result<Talk, ProgramProblem> {
  const parsed = v.safeParse(talkSchema, value, { abortEarly: true });
  if (parsed.success) return ok(parsed.output);
  const [{ path, message }] = parsed.issues;
  return fail({ path: pathText(['talk', ...(path ?? []).map(({ key }) => key)]), message });
}
