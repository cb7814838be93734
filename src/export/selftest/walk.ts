import { fail, ok, type Result } from '#base/result.ts';
import type { Kernel } from '#kvm/kernel.ts';
import { pointerIndex, pointerStream, streams } from '#machine/code-pointer.ts';
import { formatOp } from '#program/notation.ts';
import { nextOf, start, step, type RunState } from '#program/runner.ts';
import type { Program } from '#program/types.ts';
import { firstFlow, flowAfter, type Flow } from './flow.ts';
import { guestLimit, ioctlLimit, opLimit, programLimit, writtenTwice } from './limits.ts';
import { deedsOf, isVague } from './deeds.ts';
import type { Place, Plan, Walked } from './plan.ts';

/** Steps that a draft covers at most. */
const stepLimit = 500;

interface Walk {
  readonly state: RunState;
  readonly flow: Flow;
  readonly walked: readonly Walked[];
  /** The walk as it was before userspace let the vCPU run; undefined in the run that the program starts in. */
  readonly beforeRun: Walk | undefined;
  readonly stop?: Place;
  /** Why it goes no further. */
  readonly reason?: string;
}

/** What a draft of the program can say of the kernel; a sentence where that is nothing. */
export function planOf(kernel: Kernel, program: Program): Result<Plan, string> {
  const whole = programLimit(program);
  if (whole !== undefined) return fail(`No selftest can express this program: ${whole}.`);
  let walk: Walk = { state: start(kernel, program, []), flow: firstFlow, walked: [], beforeRun: undefined };
  for (;;) {
    const further = onward(program, walk);
    if (typeof further === 'string')
      return fail(`No selftest can express this program: ${further}, before userspace first has the vCPU.`);
    if (!further) break;
    walk = further;
    if (walk.reason !== undefined) break;
  }
  if (walk.walked.length === 0 && walk.reason !== undefined)
    return fail(`No selftest can express this program, which begins so: ${walk.reason}.`);
  return ok(finished(kernel, program, walk));
}

/** One step further; undefined at the end; a sentence where nothing at all can be expressed. */
function onward(program: Program, walk: Walk): Walk | string | undefined {
  const next = nextOf(walk.state);
  if (next.kind === 'stop') return undefined;
  const made = step(walk.state);
  if (!made) return undefined;
  const walked: Walked = { next, made };
  const reason = walk.walked.length < stepLimit ? limitOf(program, walk, walked) : 'the run is too long';
  if (reason !== undefined) return refused(walk, walked, reason);
  const flow = flowAfter(walk.flow, walked);
  if (typeof flow === 'string') return backed(walk, flow);
  const enters = next.kind === 'userspace' && next.op.do === 'KVM_RUN' && !next.op.immediateExit;
  return {
    state: made.state,
    flow,
    walked: [...walk.walked, walked],
    beforeRun: enters ? walk : walk.beforeRun,
  };
}

function earlierAt({ walked }: Walk, { next }: Walked): readonly Walked[] {
  if (next.kind !== 'guest') return [];
  return walked.filter(
    (one) => one.next.kind === 'guest' && one.next.stream === next.stream && one.next.index === next.index,
  );
}

function limitOf(program: Program, walk: Walk, walked: Walked): string | undefined {
  if (walked.next.kind === 'guest')
    return guestLimit(program, walked) ?? writtenTwice(program, earlierAt(walk, walked), walked);
  if (isVague(walk.walked))
    return 'whether the vCPU was reset by the shutdown depends on the exceptions that the host intercepts';
  return ioctlLimit(program, walked);
}

/** The draft ends at the operation, or before the run in which it stands. */
function refused(walk: Walk, walked: Walked, limit: string): Walk | string {
  const { next } = walked;
  if (next.kind === 'userspace') return { ...walk, reason: `userspace, ${formatOp(next.op)}: ${limit}` };
  const reason = `${next.actor}, ${formatOp(next.op)}: ${limit}`;
  const { stream, index } = next;
  if (earlierAt(walk, walked).length > 0 || index !== walk.flow[stream]) return backed(walk, reason);
  return { ...walk, stop: { stream, index }, reason };
}

function backed({ beforeRun }: Walk, reason: string): Walk | string {
  return beforeRun ? { ...beforeRun, reason } : reason;
}

function finished(kernel: Kernel, program: Program, { state, flow, walked, stop, reason }: Walk): Plan {
  const { rip } = state.snapshot.context;
  const here: Place = stop ?? { stream: pointerStream(rip), index: pointerIndex(rip) };
  const done = new Set(walked.flatMap(({ next }) => (next.kind === 'userspace' ? [next.index] : [])));
  return {
    program,
    kernel,
    walked,
    deeds: deedsOf(walked, here, state.snapshot),
    jumps: flow.jumps,
    stop,
    skipped: program.userspace.flatMap((_, index) => (done.has(index) ? [] : [index])),
    cut: reason !== undefined,
    unexpressed: [
      ...(reason === undefined ? [] : [`${reason}; the draft ends before it`]),
      ...unreached(program, stop),
    ],
  };
}

/** Operations that could not be written even though the draft never comes to them. */
function unreached({ code }: Program, stop: Place | undefined): readonly string[] {
  return streams.flatMap((stream) =>
    code[stream].flatMap((op, index) => {
      const limit = opLimit(op, stream);
      if (limit === undefined || (stop?.stream === stream && stop.index === index)) return [];
      return [`operation ${index} of ${stream}, ${formatOp(op)}: ${limit}`];
    }),
  );
}
