import { expect, test } from 'vitest';
import { kernelOf } from '#kvm/kernels.testing.ts';
import type { UserspaceOp } from '#program/types.ts';
import { programWith } from '#program/report.testing.ts';
import { recordedSteps } from '../recorded.testing.ts';
import { StepsOfKernels } from './kept-steps.ts';
import type { AlignedStep } from '../questions.ts';
import { Aligner } from './aligner.ts';
import { align, vocabulary } from './align.testing.ts';

/** L1 reads EFER before and after userspace had the vCPU; what userspace did shows in no event. */
function stepsAround(...unseen: readonly UserspaceOp[]): readonly AlignedStep[] {
  const steps: AlignedStep[] = [];
  const read = { do: 'RDMSR', msr: 'EFER' } as const;
  const program = programWith({ code: { l1: [read, read, { do: 'EXIT' }, read, read] } });
  const events = recordedSteps('6.12', {
    ...program,
    userspace: [...unseen, { do: 'KVM_RUN' }],
  }).flatMap((one) => one.events);
  align(events, '6.12', ({ step }) => steps.push(step));
  return steps;
}

const assumedIn = (steps: readonly AlignedStep[]): readonly UserspaceOp[] =>
  steps.flatMap(({ assumed }) => assumed);

test(
  'what userspace did unseen is assumed once something shows it, at the step before which it was',
  { timeout: 60_000 },
  () => {
    const steps = stepsAround({ do: 'KVM_SET_SREGS', efer: { clear: ['SVME'] } });
    expect(steps.map(({ verdict }) => verdict)).not.toContain('impossible');
    const assumed = assumedIn(steps);
    expect(assumed).toHaveLength(1);
    expect(steps.find((one) => one.assumed.length > 0)?.op).toEqual({ do: 'KVM_RUN' });
  },
);

test('nothing is assumed where nothing needs it', { timeout: 60_000 }, () => {
  expect(assumedIn(stepsAround())).toEqual([]);
  expect(assumedIn(stepsAround({ do: 'KVM_GET_NESTED_STATE' }))).toEqual([]);
});

test('steps that are kept are those that were told', { timeout: 60_000 }, () => {
  const kept = new StepsOfKernels();
  const room = kept.room(1);
  const told: AlignedStep[] = [];
  const aligner = new Aligner(kernelOf('6.12'), vocabulary, ({ step }) => {
    told.push(step);
    room.push(step);
  });
  const program = programWith({ code: { l1: [{ do: 'CPUID' }, { do: 'CPUID' }, { do: 'VMMCALL' }] } });
  for (const { events } of recordedSteps('6.12', program)) for (const event of events) aligner.push(event);
  aligner.finish();
  kept.keep('6.12', room);
  expect(told.length).toBeGreaterThan(2);
  expect(kept.of('6.12')!.within(0, 0, 1000)).toEqual(told);
  const [, second] = told;
  expect(kept.of('6.12')!.within(0, second!.from, second!.to)).toEqual([second]);
  expect(kept.of('6.12')!.within(1, 0, 1000)).toEqual([]);
  expect(kept.of('7.0')).toBeUndefined();
});
