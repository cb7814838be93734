import type { CallRun } from '#kvm/recorder.ts';
import { evaluate, type Scope } from '#machine/expr.ts';
import { valueOf, type VcpuView } from '#machine/facts.ts';
import { warnBit } from '#machine/warns.ts';
import type { Invariant } from './invariants.ts';
import { historyAfter, scopeOf, stepWords, type InvariantHistory, type StepMade } from './step-words.ts';

/** How an invariant fares after one operation. `idle`: it asks for something that is not there. */
export type Verdict = 'holds' | 'broken' | 'idle';

/** Judge one invariant after an operation, whose warnings are in `warned`. */
export function judge({ when, holds, asserted }: Invariant, scope: Scope): Verdict {
  if (asserted && (scope.read('warned') & warnBit(asserted)) !== 0) return 'broken';
  if (evaluate(when, scope) === 0) return 'idle';
  return evaluate(holds, scope) === 0 ? 'broken' : 'holds';
}

/** Which of the invariants asked about a step breaks, and what the next step must know. */
export function violationsOf<Moment>(
  history: InvariantHistory,
  before: VcpuView,
  after: VcpuView,
  step: StepMade,
  calls: readonly CallRun<Moment>[],
  asked: readonly Invariant[],
): { readonly violations: readonly string[]; readonly history: InvariantHistory } {
  const words = stepWords(history, before, after, step, calls);
  const scope = scopeOf(after, words);
  // A freed vCPU has no state that could break a promise.
  const freed = valueOf(after, 'freed') !== 0;
  const broken = asked.filter((one) => !(freed && one.ofLiving) && judge(one, scope) === 'broken');
  return { violations: broken.map(({ id }) => id), history: historyAfter(words) };
}
