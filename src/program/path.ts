import type { CallRun, Run } from '#kvm/recorder.ts';
import { nodeRuns } from '#kvm/recorder.ts';
import type { Decision, PathEntry } from './report.ts';

/**
 * The functions that tracing would show, in order, with their depth among each other. The frame of KVM_RUN and what
 * the compiler inlines are not among them, and a hidden function takes along what it enters.
 */
export function pathOf<Moment>(calls: readonly Run<Moment>[]): readonly PathEntry[] {
  const path: PathEntry[] = [];
  const walk = (runs: readonly Run<Moment>[], depth: number): void => {
    for (const run of runs) {
      if (run.kind === 'node' || run.fn.visibility === 'hidden') continue;
      const shown = run.fn.visibility === 'kernel';
      if (shown) path.push({ fn: run.fn.name, depth });
      walk(run.steps, shown ? depth + 1 : depth);
    }
  };
  walk(calls, 0);
  return path;
}

/** Every test of kernel code that ran, in order. */
export function decisionsOf<Moment>(calls: readonly CallRun<Moment>[]): readonly Decision[] {
  return [...nodeRuns(calls)]
    .filter(({ fn, run }) => run.node.kind === 'test' && fn.visibility !== 'processor')
    .map(({ fn, run }) => ({ fn: fn.name, test: run.node.text, value: run.value !== 0 }));
}
