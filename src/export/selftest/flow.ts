import { pointerIndex, pointerStream } from '#machine/code-pointer.ts';
import type { Walked } from './plan.ts';

/**
 * Where compiled code stands. L1 is one function that goes on and on; L2 is one that begins where it is told, and is
 * left and entered again at the same instruction with the same registers; the SMI handler begins anew each time.
 */
export interface Flow {
  readonly l1: number;
  readonly l2: number;
  readonly smm: number;
  /** L2 can be entered as it is: it was just told where, or its last exit saved where it stood. */
  readonly l2Kept: boolean;
  readonly jumps: ReadonlyMap<number, number>;
}

export const firstFlow: Flow = { l1: 0, l2: 0, smm: 0, l2Kept: true, jumps: new Map() };

/** Where compiled code stands after the step, or why it would not be where the model is. */
export function flowAfter(flow: Flow, walked: Walked): Flow | string {
  const { next, made } = walked;
  let after = flow;
  if (next.kind === 'guest') {
    if (next.index !== flow[next.stream]) return strayed(walked, flow[next.stream]);
    if ((next.stream === 'smm') !== (next.context === 'SMM'))
      return `${next.actor}'s code in ${next.context === 'SMM' ? 'SMM, where its memory is not mapped' : next.context}`;
    after = { ...flow, [next.stream]: next.index + 1 };
    if (next.stream === 'l2') after = { ...after, l2Kept: false };
  }
  const edited = afterVmcb12(after, walked);
  if (typeof edited === 'string') return edited;
  switch (made.step.outcome.kind) {
    case 'nested-vmexit':
      return afterExit(edited, walked);
    case 'enter-guest':
      return afterEntry(edited, walked);
    case 'smm-entry':
      return { ...edited, smm: 0 };
    default:
      return edited;
  }
}

function strayed({ next }: Walked, expected: number): string {
  return next.kind === 'guest'
    ? `${next.actor}'s code goes on at its operation ${next.index}; compiled code would stand at ${expected}`
    : '';
}

function afterVmcb12(flow: Flow, { next, made }: Walked): Flow | string {
  if (next.kind !== 'guest' || next.op.do !== 'VMCB12' || next.op.rip === undefined) return flow;
  const { rip12 } = made.state.snapshot.context;
  if (pointerStream(rip12) !== 'l2') return "vmcb12's RIP points into L1's own code";
  const target = pointerIndex(rip12);
  return { ...flow, l2: target, l2Kept: true, jumps: new Map([...flow.jumps, [next.index, target]]) };
}

/** A #VMEXIT saves where L2 stands, unless VMRUN itself failed. */
function afterExit(flow: Flow, { next, made }: Walked): Flow | string {
  if (next.kind === 'guest' && next.context !== 'L2') return flow;
  const { rip12 } = made.state.snapshot.context;
  if (pointerStream(rip12) !== 'l2') return "L1's code runs as L2 and exits to itself";
  return { ...flow, l2: pointerIndex(rip12), l2Kept: true };
}

function afterEntry(flow: Flow, { next, made }: Walked): Flow | string {
  if (next.kind !== 'guest' || next.op.do !== 'VMRUN') return flow;
  if (next.stream !== 'l1') return `${next.actor}'s code enters L2 by a VMRUN of its own`;
  const { rip12 } = made.before.snapshot.context;
  if (pointerStream(rip12) !== 'l2') return "vmcb12's RIP points into L1's own code";
  const target = pointerIndex(rip12);
  const jumps =
    flow.l2Kept && flow.l2 === target ? flow.jumps : new Map([...flow.jumps, [next.index, target]]);
  return { ...flow, l2: target, l2Kept: false, jumps };
}
