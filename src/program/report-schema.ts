import * as v from 'valibot';

/** The form of `svmscope/report@1`, as it is published. The runner's types say the same to the compiler. */

const codeAndContext = v.picklist(['L1', 'L2', 'SMM']);
const natural = v.pipe(v.number(), v.integer(), v.minValue(0));

const outcome = v.union([
  v.strictObject({ kind: v.picklist(['resume', 'enter-guest', 'smm-entry', 'smm-exit', 'reset', 'stop']) }),
  v.strictObject({ kind: v.literal('nested-vmexit'), exitCode: v.number() }),
  v.strictObject({ kind: v.literal('exception'), vector: natural }),
  v.strictObject({
    kind: v.literal('userspace-exit'),
    reason: v.pipe(v.string(), v.startsWith('KVM_EXIT_')),
  }),
  v.strictObject({
    kind: v.literal('ioctl'),
    errno: v.pipe(v.number(), v.maxValue(0)),
    count: v.optional(natural),
  }),
]);

const after = v.strictObject({
  guestMode: v.boolean(),
  svme: v.boolean(),
  gif: v.boolean(),
  nestedAllocated: v.boolean(),
  vmcb: v.picklist(['vmcb01', 'vmcb02']),
  smm: v.boolean(),
  tripleFaultRequested: v.boolean(),
  next: v.nullable(v.strictObject({ code: codeAndContext, context: codeAndContext })),
});

const step = v.strictObject({
  index: natural,
  actor: v.picklist(['L1', 'L2', 'SMM', 'userspace']),
  context: v.nullable(codeAndContext),
  op: v.looseObject({ do: v.string() }),
  exit: v.nullable(v.string()),
  path: v.array(v.strictObject({ fn: v.string(), depth: natural })),
  decisions: v.array(v.strictObject({ fn: v.string(), test: v.string(), value: v.boolean() })),
  outcome,
  after,
});

export const reportSchema = v.strictObject({
  format: v.literal('svmscope/report@1'),
  title: v.string(),
  kernel: v.string(),
  steps: v.array(step),
  violations: v.array(v.strictObject({ step: natural, invariant: v.pipe(v.string(), v.regex(/^I\d+$/)) })),
});
