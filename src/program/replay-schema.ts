import * as v from 'valibot';

/** The form of `svmscope/replay@1`, as it is published: a recording, held against one kernel or ranked over several. */

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const number = v.pipe(v.number(), v.finite());
const text = v.string();
const counted = <Name extends string>(name: Name) =>
  v.strictObject({ [name]: text, count: natural } as Record<Name, typeof text> & { count: typeof natural });
const lines = v.strictTuple([natural, natural]);
const verdicts = v.strictObject({ explained: natural, unexplained: natural, impossible: natural });
const operation = v.looseObject({ do: text });

const recording = v.strictObject({
  name: text,
  format: v.picklist(['ftrace', 'function_graph', 'trace-cmd', 'trace-cmd raw', 'perf']),
  fileBytes: natural,
  textBytes: natural,
  lines: natural,
  events: natural,
  calls: natural,
  from: v.optional(number),
  to: v.optional(number),
  vcpus: v.array(
    v.strictObject({ number: natural, task: v.optional(text), pid: v.optional(number), events: natural }),
  ),
  counts: v.array(counted('name')),
  reasons: v.array(counted('reason')),
  lost: v.strictObject({ places: natural, events: natural }),
  unread: v.array(v.strictObject({ what: text, count: natural, line: natural, text })),
  notes: v.array(v.strictObject({ line: natural, text })),
});

const step = v.strictObject({
  index: natural,
  vcpu: natural,
  from: natural,
  to: natural,
  lines,
  verdict: v.picklist(['explained', 'unexplained', 'impossible']),
  op: v.optional(operation),
  context: v.optional(v.nullable(v.picklist(['L1', 'L2', 'SMM']))),
  assumed: v.array(operation),
  recorded: v.array(text),
  expected: v.array(text),
  why: text,
  after: v.record(text, text),
});

const finding = v.strictObject({
  kind: v.literal('l2-runs-as-l1'),
  vcpu: natural,
  from: natural,
  to: natural,
  lines,
  words: text,
});

const alignment = v.strictObject({
  kernel: text,
  place: natural,
  steps: natural,
  events: verdicts,
  assumed: natural,
  mismatches: v.array(step),
  impossible: natural,
  undecided: natural,
  unmodelled: v.array(counted('what')),
  findings: v.array(finding),
});

export const replaySchema = v.strictObject({
  format: v.literal('svmscope/replay@1'),
  recording,
  /** Best first; the only one where a kernel was asked for. */
  kernels: v.array(alignment),
  words: text,
});
