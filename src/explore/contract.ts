import { programToJson } from '#program/format.ts';
import type { InvariantVerdict, KernelVerdict } from './check.ts';
import type { Diff } from './diff.ts';

/** What `check` and `diff` print: `svmscope/check@1`, `svmscope/diff@1`. */

const verdictJson = ({ id, statement, verdict, witness }: InvariantVerdict) => ({
  id,
  statement,
  verdict,
  witness: witness ? programToJson(witness.program) : null,
  ...(witness ? { step: witness.step } : {}),
});

export function checkJson(verdicts: readonly KernelVerdict[]) {
  return {
    format: 'svmscope/check@1',
    kernels: verdicts.map(({ kernel, states, transitions, invariants }) => ({
      kernel,
      states,
      transitions,
      invariants: invariants.map(verdictJson),
    })),
  };
}

export function diffJson({ kernels, transitions, differing, groups }: Diff) {
  return {
    format: 'svmscope/diff@1',
    kernels,
    transitions,
    differing,
    groups: groups.map(({ cause, count, witness }) => ({
      cause,
      count,
      witness: programToJson(witness.program),
      step: witness.step,
    })),
  };
}
