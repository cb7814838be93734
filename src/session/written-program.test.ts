import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { kernelOf } from '#kvm/kernels.testing.ts';
import { parseProgramText } from '#program/parse.ts';
import { programToText } from '#program/format.ts';
import { anyStory } from '#program/random-program.testing.ts';
import { run } from '#program/runner.ts';
import type { Op, Program } from '#program/types.ts';
import { choicesAt } from './possible.ts';
import { viewAt } from './derive.ts';
import { madeSteps, reportAt } from './run-report.ts';
import { append, startSession, type Session } from './session.ts';
import { stepForward } from './steps.ts';
import { clearsSvme, visited } from './visited.testing.ts';
import { setEferWriteIntercept, setHost } from './what-if.ts';
import { programOfRun } from './written-program.ts';

const doing = (session: Session, ...ops: readonly Op[]): Session =>
  ops.reduce((at, op) => append(at, at.cursor.node, { kind: 'do', op }), session);

function written(session: Session, kernel: string): Program {
  const program = programOfRun(session, kernel);
  if (!program.ok) throw new Error(program.error);
  return program.value;
}

describe('a run as a program', () => {
  test('is the program itself where nothing was done freely', () => {
    expect(written(visited(2), '7.0')).toEqual(clearsSvme);
  });

  test('has every switch as it was turned', () => {
    const turned = setHost(setEferWriteIntercept(visited(2), true), 'nrips', false);
    const { host, vmcb12 } = written(turned, '7.0');
    expect(host.nrips).toBe(false);
    expect(vmcb12.intercepts).toContain('MSR_PROT');
  });

  test('has what was done freely where each kernel did it', () => {
    const session = doing(visited(2), { do: 'CPUID' }, { do: 'KVM_GET_NESTED_STATE' });
    expect(written(session, '7.0').code.l1.map((op) => op.do)).toEqual(['VMRUN', 'CPUID', 'END']);
    expect(written(session, '7.1').userspace.map((op) => op.do)).toEqual(['KVM_GET_NESTED_STATE', 'KVM_RUN']);
  });

  test('says where it cannot be: an operation was put before one that L2 had begun', () => {
    const exits: Program = {
      ...clearsSvme,
      vmcb12: { ...clearsSvme.vmcb12, intercepts: ['VMRUN', 'VMMCALL', 'CPUID'] },
      code: { ...clearsSvme.code, l1: [{ do: 'VMRUN' }, { do: 'VMRUN' }], l2: [{ do: 'CPUID' }] },
    };
    const session = doing(visited(3, exits, ['7.1']), { do: 'STGI' });
    expect(programOfRun(session, '7.1')).toEqual({
      ok: false,
      error: expect.stringMatching(/at step 2, CPUID, the program would do something else/),
    });
  });
});

/** A story with a few operations of free play in it, whatever is possible at the time. */
const anyFreePlay: fc.Arbitrary<Session> = fc
  .record({ program: anyStory, choices: fc.array(fc.option(fc.nat(40)), { maxLength: 12 }) })
  .map(({ program, choices }) => {
    let session = startSession(program, ['7.1']);
    for (const choice of choices) {
      const possible = choicesAt(viewAt(session, '7.1').derived.state).filter(({ whyNot }) => !whyNot);
      const chosen = choice === null ? undefined : possible[choice % Math.max(1, possible.length)];
      session = chosen ? doing(session, chosen.op) : stepForward(session);
    }
    return session;
  });

test(
  'any free play as a program, read back and run by the headless command, begins with the same report',
  { timeout: 60_000 },
  () => {
    let refused = 0;
    fc.assert(
      fc.property(anyFreePlay, (session) => {
        const program = programOfRun(session, '7.1');
        if (!program.ok) {
          refused += 1;
          return;
        }
        const read = parseProgramText(programToText(program.value));
        expect(read).toEqual({ ok: true, value: program.value });
        const wanted = reportAt(session, '7.1');
        const report = run(kernelOf('7.1'), program.value);
        expect(report.steps.slice(0, wanted.steps.length)).toEqual(wanted.steps);
        const sofar = report.violations.filter(({ step }) => step < wanted.steps.length);
        expect(sofar).toEqual(wanted.violations);
        expect(madeSteps(session, '7.1')).toHaveLength(wanted.steps.length);
      }),
      { seed: 3, numRuns: 150 },
    );
    expect(refused, 'most runs can be written').toBeLessThan(30);
  },
);
