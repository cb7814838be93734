import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { kernelOf } from '#kvm/kernels.testing.ts';
import { anyStory } from './random-program.testing.ts';
import type { Report, ReportStep } from './report.ts';
import { run } from './runner.ts';

/** What random programs may break, by invariant; one that is not named here holds on every kernel. */

interface Breach {
  readonly kernel: string;
  readonly step: ReportStep;
  /** What went before. */
  readonly earlier: readonly ReportStep[];
}

const once = ({ earlier }: Breach, wanted: (step: ReportStep) => boolean): boolean => earlier.some(wanted);
const has = ({ kernel }: Breach, patch: string): boolean =>
  kernelOf(kernel).patches.some(({ id }) => id === patch);

const mayBreak: Readonly<Record<string, (breach: Breach) => boolean>> = {
  I6: (breach) => has(breach, 'v1'),
  // The run that is pending was never there: KVM_SET_NESTED_STATE said so.
  I10: (breach) =>
    once(breach, ({ op }) => op.do === 'KVM_SET_NESTED_STATE' && op.flags?.includes('RUN_PENDING') === true),
  // 7.0 lacks f85a6ce06e4a: a failed VMRUN leaves GIF as it was.
  I11: ({ kernel, step }) => kernelOf(kernel).base.id.startsWith('7') && step.op.do === 'VMRUN',
  I13: (breach) => has(breach, 'v2') || (has(breach, 'merged') && breach.step.op.do === 'KVM_RUN'),
  I14: (breach) =>
    !has(breach, 'v1') &&
    (!has(breach, 'v2') ||
      once(breach, ({ op }) => op.do === 'KVM_SET_VCPU_EVENTS' && op.tripleFault === false)),
  I19: (breach) => has(breach, 'v1') || once(breach, ({ after }) => after.smm),
  // The SHUTDOWN is the patch's answer, or userspace asked for it.
  I20: (breach) =>
    ['v2', 'hook', 'merged'].some((patch) => has(breach, patch)) ||
    (!has(breach, 'v1') &&
      once(breach, ({ op }) => op.do === 'KVM_SET_VCPU_EVENTS' && op.tripleFault === true)),
};

function unexpected({ kernel, steps, violations }: Report): readonly string[] {
  return violations
    .filter(({ step, invariant }) => {
      const breach = { kernel, step: steps[step]!, earlier: steps.slice(0, step) };
      return mayBreak[invariant]?.(breach) !== true;
    })
    .map(({ step, invariant }) => `${invariant} by ${steps[step]!.op.do} on ${kernel}`);
}

describe.each(['6.12', '6.12+gif', '6.12+merged', '7.0+v1', '7.0+v2', '7.0+hook', '7.1'])('%s', (id) => {
  test('breaks in no random program what it is not known to break', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyStory, (program) => {
        expect(unexpected(run(kernelOf(id), program))).toEqual([]);
      }),
      { seed: 8, numRuns: 120 },
    );
  });
});

test(
  'the programs go deep: every kind of outcome is met, and runs are not short',
  { timeout: 60_000 },
  () => {
    const reports = fc
      .sample(anyStory, { seed: 8, numRuns: 150 })
      .map((program) => run(kernelOf('7.1'), program));
    const steps = reports.flatMap((report) => report.steps);
    const met = new Set(steps.map(({ outcome }) => outcome.kind));
    expect([...met].toSorted()).toEqual([
      'enter-guest',
      'exception',
      'ioctl',
      'nested-vmexit',
      'reset',
      'resume',
      'smm-entry',
      'smm-exit',
      'stop',
      'userspace-exit',
    ]);
    expect(steps.length / reports.length).toBeGreaterThan(4);
  },
);
