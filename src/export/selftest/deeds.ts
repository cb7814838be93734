import type { VcpuSnapshot } from '#machine/facts.ts';
import type { Deed, Ending, Place, Walked } from './plan.ts';

/** Steps put together as userspace sees them: each ioctl, and for a run how it ends. */

/** Whether the last thing that happened leaves a vCPU of which nothing certain can be said. */
export function isVague(walked: readonly Walked[]): boolean {
  const last = walked.at(-1);
  return (
    last?.next.kind === 'guest' &&
    last.next.op.do === 'TRIPLE_FAULT' &&
    last.made.step.outcome.kind === 'userspace-exit'
  );
}

/** Every entry of userspace's list that is carried out, the run that the program starts in before them. */
export function deedsOf(walked: readonly Walked[], here: Place, last: VcpuSnapshot): readonly Deed[] {
  const begins = walked.flatMap(({ next }, at) => (next.kind === 'userspace' ? [at] : []));
  return [-1, ...begins].map((begin, index) => {
    const end = begins[index] ?? walked.length;
    return deedOf(walked[begin], walked.slice(begin + 1, end), here, last);
  });
}

function deedOf(begun: Walked | undefined, guest: readonly Walked[], here: Place, last: VcpuSnapshot): Deed {
  const op = begun?.next.kind === 'userspace' ? begun.next.op : undefined;
  const after = (guest.at(-1) ?? begun)?.made.state.snapshot ?? last;
  const runs = op === undefined || (op.do === 'KVM_RUN' && !op.immediateExit);
  return {
    op,
    outcome: begun?.made.step.outcome,
    ending: runs ? endingOf(guest.at(-1) ?? begun, here) : undefined,
    after,
    vague: isVague(guest),
  };
}

function endingOf(last: Walked | undefined, here: Place): Ending {
  const outcome = last?.made.step.outcome;
  if (outcome?.kind === 'ioctl') return { kind: 'errno', errno: -outcome.errno };
  if (last && outcome?.kind === 'userspace-exit') {
    const { next } = last;
    const place =
      next.kind === 'guest' && next.op.do === 'EXIT'
        ? { place: { stream: next.stream, index: next.index } }
        : {};
    return { kind: 'exit', reason: outcome.reason, ...place };
  }
  return { kind: 'end', place: here };
}
