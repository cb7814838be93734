import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { kernelOf } from '#kvm/kernels.testing.ts';
import { anyStory } from '#program/random-program.testing.ts';
import { run } from '#program/runner.ts';
import { canStep, derivedAt, viewAt, viewsAt } from './derive.ts';
import { append, startSession, trunkTo, type Session } from './session.ts';
import { stepBack, stepForward } from './steps.ts';
import { visited } from './visited.testing.ts';

/** Step until no kernel moves. */
function toTheEnd(start: Session): Session {
  let session = start;
  while (canStep(session, session.cursor.node)) session = stepForward(session);
  return session;
}

/** The steps that a kernel made along the session's run. */
const stepsOf = (session: Session, kernel: string) =>
  trunkTo(session, session.cursor.node).flatMap(({ id }) => derivedAt(session, id, kernel).made ?? []);

describe('a run that is stepped through', () => {
  test(
    'is the run of the headless command, on each kernel, whatever the others do',
    { timeout: 60_000 },
    () => {
      const kernels = ['6.12', '7.0+v1', '7.0+v2', '7.1'];
      fc.assert(
        fc.property(anyStory, (program) => {
          const session = toTheEnd(startSession(program, kernels));
          for (const id of kernels) {
            const made = stepsOf(session, id);
            const { steps, violations } = run(kernelOf(id), program);
            expect(made.map(({ step }, index) => ({ index, ...step }))).toEqual(steps);
            expect(
              made.flatMap((one, step) => one.violations.map((invariant) => ({ step, invariant }))),
            ).toEqual(violations);
          }
        }),
        { seed: 21, numRuns: 25 },
      );
    },
  );

  test('kernels that parted go their own ways, and one that has come to its end says why', () => {
    const third = visited(3);
    const [left, right] = viewsAt(third);
    expect(left?.derived).toMatchObject({ made: undefined, idle: "L1's code has ended" });
    expect(right?.derived.made?.step).toMatchObject({ op: { do: 'KVM_RUN' }, outcome: { kind: 'resume' } });
    expect(left?.derived.state).toBe(viewAt(stepBack(third), '7.0').derived.state);
  });

  test('is computed once for each node and kernel', () => {
    const session = visited(2);
    expect(derivedAt(session, 2, '7.0')).toBe(derivedAt(session, 2, '7.0'));
    expect(derivedAt(session, 2, '7.0')).not.toBe(derivedAt(session, 2, '7.1'));
  });
});

describe('a free operation', () => {
  const parted = visited(2);

  test('is done by the kernels that can, and the others say why they cannot', () => {
    const session = append(parted, 2, { kind: 'do', op: { do: 'CPUID' } });
    const [left, right] = viewsAt(session);
    expect(left?.derived.made?.step.op).toEqual({ do: 'CPUID' });
    expect(right?.derived.made).toBeUndefined();
    expect(right?.derived.idle).toMatch(/^userspace has the vCPU/);
    expect(right?.snapshot).toBe(viewAt(parted, '7.1').snapshot);
  });

  test('comes before what the program does next, which then still comes', () => {
    const session = append(visited(1), 1, { kind: 'do', op: { do: 'CPUID' } });
    expect(viewAt(session, '7.0').next).toMatchObject({
      kind: 'guest',
      actor: 'L2',
      index: 1,
      op: { do: 'WRMSR' },
    });
  });
});

describe('a view', () => {
  test('of the start has the vCPU as it boots, and no operation', () => {
    const view = viewAt(visited(0), '7.0');
    expect(view.snapshot.value).toMatchObject({
      run: 'guest',
      guestMode: 'l1',
      svme: 'set',
      nested: 'allocated',
    });
    expect([view.microSteps, view.derived.made, view.derived.idle]).toEqual([0, undefined, undefined]);
    expect(view.before).toBe(view.snapshot);
  });

  test('of an operation has the vCPU before and after it', () => {
    const entered = visited(1);
    const view = viewAt(entered, '7.0');
    expect(view.before).toBe(viewAt(stepBack(entered), '7.0').snapshot);
    expect([view.before.value.guestMode, view.snapshot.value.guestMode]).toEqual(['l1', 'l2']);
  });

  test('inside an operation has that moment, and still what comes after the whole', () => {
    const session: Session = { ...visited(1), cursor: { node: 1, micro: 1 } };
    const view = viewAt(session, '7.0');
    expect(view.snapshot.value.guestMode).toBe('l1');
    expect(view.next).toEqual(viewAt(visited(1), '7.0').next);
  });
});
