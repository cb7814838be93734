import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { kernelOf } from '#kvm/kernels.testing.ts';
import { anyStory } from '#program/random-program.testing.ts';
import { programWith } from '#program/report.testing.ts';
import { run } from '#program/runner.ts';
import type { CodeOp, Program } from '#program/types.ts';
import type { TakenProgram, Told } from './questions.ts';
import { recordedSteps } from './recorded.testing.ts';
import { takeProgram } from './take.ts';
import type { StretchStep } from './take-write.ts';

const clear: CodeOp = { do: 'WRMSR', msr: 'EFER', clear: ['SVME'] };

function taken(id: string, steps: readonly StretchStep[], before: Told = {}): TakenProgram {
  const made = takeProgram({ kernel: kernelOf(id), title: 'a stretch', before, steps });
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}

/** With virtual GIF, STGI and CLGI show in no event. */
const hidesGif = ({ host, code }: Program): boolean =>
  host.vgif &&
  Object.values(code)
    .flat()
    .some((op) => op.do === 'STGI' || op.do === 'CLGI');

const shown = (list: readonly StretchStep[]): unknown =>
  list.map(({ step, events }) => [step.op?.do, step.context, events.map(({ name }) => name)]);

const problemOf = (steps: readonly StretchStep[]): string => {
  const made = takeProgram({ kernel: kernelOf('6.12'), title: 'a stretch', before: {}, steps });
  return made.ok ? 'none' : made.error.message;
};

describe('the stretch of a whole run', () => {
  test('comes back as a program with the same tracepoints, whatever the host and vmcb12 were', () => {
    fc.assert(
      fc.property(anyStory, fc.constantFrom('6.12', '6.12+v1', '6.12+v2', '7.1'), (story, id) => {
        const steps = recordedSteps(id, story);
        fc.pre(steps.length > 0 && !hidesGif(story));
        const { program, same, difference } = taken(id, steps);
        expect(difference).toBeUndefined();
        expect(same).toBe(true);
        // As events show it, the run of the program is the run of the story.
        expect(shown(recordedSteps(id, program))).toEqual(shown(steps));
      }),
      { seed: 6, numRuns: 40 },
    );
  });

  test('says what it had to choose', () => {
    const story = programWith({ host: { vgif: false }, code: { l2: [{ do: 'VMMCALL' }], l1: twice } });
    const { chosen, program } = taken('6.12', recordedSteps('6.12', { ...story, userspace: [] }));
    expect(program.host.vgif).toBe(false);
    expect(chosen).toContainEqual(expect.stringMatching(/^vgif is off: otherwise/));
    expect(chosen).toContainEqual(expect.stringMatching(/^Not told, and at the default: .*nrips/));
  });
});

const twice: readonly CodeOp[] = [
  { do: 'VMRUN' },
  { do: 'VMCB12', rip: 'next' },
  { do: 'CLGI' },
  { do: 'VMRUN' },
];

describe('what is learnt later', () => {
  test("holds from the start: L1's intercepts and its MSR bitmap", () => {
    const story: Program = programWith({
      vmcb12: { intercepts: ['VMRUN', 'MSR_PROT'], msrpm: { EFER: { read: false, write: true } } },
      code: { l2: [clear] },
    });
    const { program, same } = taken('7.1', recordedSteps('7.1', story));
    expect(same).toBe(true);
    expect(program.vmcb12.intercepts.toSorted()).toEqual(['MSR_PROT', 'VMRUN']);
    expect(program.vmcb12.msrpm.EFER.write).toBe(true);
    expect(program.guest.efer).toContain('SVME');
  });

  test('becomes an edit of vmcb12 where it changes on the way', () => {
    const story = programWith({
      code: {
        l1: [{ do: 'VMRUN' }, { do: 'VMCB12', rip: 'next', intercepts: { HLT: true } }, { do: 'VMRUN' }],
        l2: [{ do: 'VMMCALL' }, { do: 'HLT' }],
      },
    });
    const { program, chosen } = taken('6.12', recordedSteps('6.12', story));
    expect(program.code.l1[1]).toEqual({ do: 'VMCB12', intercepts: { HLT: true }, rip: 'next' });
    expect(chosen).toContainEqual(expect.stringMatching(/moves L2 past .* \(1 ×\)/));
  });

  test('decides whose code runs after guest mode was dropped', () => {
    for (const nrips of [true, false]) {
      const story = programWith({
        host: { nrips },
        code: { l1: [{ do: 'VMRUN' }, { do: 'HLT' }], l2: [clear] },
      });
      expect(taken('6.12', recordedSteps('6.12', story)).program.host.nrips).toBe(nrips);
    }
  });
});

describe('a stretch that begins', () => {
  const story = programWith({ code: { l2: [clear, { do: 'VMMCALL' }] } });

  test('in L2 gets the VMRUN that leads there', () => {
    const steps = recordedSteps('7.1', story).slice(1);
    const { program, startStep, same, chosen } = taken('7.1', steps, { guestMode: 'l2' });
    expect(same).toBe(true);
    expect(startStep).toBe(1);
    expect(chosen[0]).toMatch(/begins in L2/);
    expect(run(kernelOf('7.1'), program).steps[startStep]).toMatchObject({ actor: 'L2', op: clear });
  });

  test('in userspace gets the exit that leads there', () => {
    const io = programWith({
      code: { l1: [{ do: 'EXIT' }, { do: 'VMMCALL' }] },
      userspace: [{ do: 'KVM_RUN' }],
    });
    const { program, startStep, same } = taken('6.12', recordedSteps('6.12', io).slice(1));
    expect(same).toBe(true);
    expect(run(kernelOf('6.12'), program).steps[startStep]).toMatchObject({ actor: 'userspace' });
  });

  test('in SMM gets the SMI that leads there', () => {
    const smm = programWith({
      code: { l1: [{ do: 'EXIT' }], smm: [{ do: 'EXIT' }, { do: 'RSM' }] },
      userspace: [{ do: 'KVM_SMI' }, { do: 'KVM_RUN' }, { do: 'KVM_RUN' }],
    });
    const steps = recordedSteps('6.12', smm).slice(2);
    const { same, startStep } = taken('6.12', steps, { smm: 'inside' });
    expect(steps[0]!.step.context).toBe('SMM');
    expect([same, startStep]).toEqual([true, 3]);
  });
});

describe('a stretch that', () => {
  const steps = recordedSteps('6.12', programWith({ code: { l2: [clear, { do: 'VMMCALL' }] } }));

  test('another kernel recorded says where the model parts from it', () => {
    const { same, difference } = taken('7.1', steps);
    expect(same).toBe(false);
    expect(difference).toBe('line 2: recorded kvm_entry, the model kvm_userspace_exit KVM_EXIT_SHUTDOWN');
  });

  test('is too long is refused with the limit', () => {
    const long = Array.from({ length: 1001 }, () => steps[0]!);
    expect(problemOf(long)).toBe('1001 operations, at most 1000');
  });

  test('has nothing of the model in it is refused', () => {
    const unmodelled = steps.map(({ step, events }) => ({
      step: { ...step, op: undefined, verdict: 'unexplained' as const },
      events,
    }));
    expect(problemOf(unmodelled)).toMatch(/^none of its events/);
  });

  test('has exits that the model does not speak of leaves them out, and says so', () => {
    const [first, second] = steps;
    const mixed = [
      first!,
      { ...second!, step: { ...second!.step, op: undefined, verdict: 'unexplained' as const } },
    ];
    expect(taken('6.12', mixed).chosen).toContainEqual(expect.stringMatching(/^Left out.*: 1 exit\.$/));
  });
});
