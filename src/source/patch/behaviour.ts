import { allKernelIds, kernel } from '#kvm/kernels.ts';
import type { Patch } from '#kvm/patch.ts';
import type { Run } from '#kvm/recorder.ts';
import type { DiffGroup } from '#explore/diff.ts';
import type { VcpuSnapshot } from '#machine/facts.ts';
import { start, step, type StepRun } from '#program/runner.ts';
import { tieKey, type Tie } from './ties.ts';

/** The kernels without and with a patch: the newest base that it applies to, or the release that it completes. */
export function kernelsAround(patch: Patch): readonly [string, string] {
  const base = patch.bases.at(-1)!;
  for (const id of allKernelIds) {
    const built = kernel(id);
    const [last, ...others] = built.ok ? built.value.patches.toReversed() : [];
    if (last !== patch || others.length === 0) continue;
    return [[base, ...others.toReversed().map((one) => one.id)].join('+'), id];
  }
  return [base, `${base}+${patch.id}`];
}

/** How a behaviour hangs on a hunk: the kernels part at a node of it, or go through one on the way. */
export type Light = 'cause' | 'path';

function keysOf(runs: readonly Run<VcpuSnapshot>[], owner: string, into: Set<string>): void {
  for (const one of runs) {
    const node = one.kind === 'node' ? one.node : one.by;
    if (node) into.add(tieKey({ fn: owner, id: node.id }));
    if (one.kind === 'call') keysOf(one.steps, one.fn.name, into);
  }
}

/** The nodes that a kernel runs in the last operation of a witness. */
function nodesOnWay({ witness }: DiffGroup, id: string): ReadonlySet<string> {
  const keys = new Set<string>();
  const built = kernel(id);
  if (!built.ok) return keys;
  let made: StepRun | undefined;
  let state = start(built.value, witness.program);
  for (let index = 0; index <= witness.step; index += 1) {
    made = step(state);
    if (!made) return keys;
    state = made.state;
  }
  keysOf(made?.calls ?? [], '', keys);
  return keys;
}

/** Whether a behaviour hangs on what a hunk changes, or, where no node is one of its lines, on what stands beside it. */
export function lightOf(
  group: DiffGroup,
  kernels: readonly [string, string],
  ties: readonly Tie[],
): Light | undefined {
  const { cause } = group;
  const changed = ties.filter(({ sign, exact }) => sign !== ' ' && exact);
  const meant = changed.length > 0 ? changed : ties;
  if (meant.some(({ fn, text }) => fn === cause.fn && text === cause.test)) return 'cause';
  const onWay = kernels.map((id) => nodesOnWay(group, id));
  return meant.some((tie) => onWay.some((keys) => keys.has(tieKey(tie)))) ? 'path' : undefined;
}
