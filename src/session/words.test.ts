import { describe, expect, test } from 'vitest';

import type { Outcome } from '#program/report.ts';
import { viewAt } from './derive.ts';
import { append, startSession, type Session } from './session.ts';
import { stepForward } from './steps.ts';
import { clearsSvme, visited } from './visited.testing.ts';
import { setEferWriteIntercept, setHost } from './what-if.ts';
import { eventWords, goesOnWords, outcomeWords, stepWords } from './words.ts';

describe('an outcome', () => {
  test.each<[Outcome, string]>([
    [{ kind: 'resume' }, 'the guest goes on'],
    [{ kind: 'enter-guest' }, 'L2 runs'],
    [{ kind: 'nested-vmexit', exitCode: 0x7c }, '#VMEXIT to L1: msr (0x7c)'],
    [{ kind: 'nested-vmexit', exitCode: 0x46 }, '#VMEXIT to L1: UD excp (0x46)'],
    [{ kind: 'nested-vmexit', exitCode: -1 }, 'VMRUN fails: VMEXIT_INVALID to L1'],
    [{ kind: 'exception', vector: 6 }, '#UD in the guest'],
    [{ kind: 'exception', vector: 13 }, '#GP in the guest'],
    [{ kind: 'userspace-exit', reason: 'KVM_EXIT_SHUTDOWN' }, 'KVM_EXIT_SHUTDOWN'],
    [{ kind: 'ioctl', errno: -22 }, 'returns -22'],
    [{ kind: 'ioctl', errno: 0 }, 'returns 0'],
    [{ kind: 'ioctl', errno: 0, count: 1 }, 'returns 1'],
    [{ kind: 'smm-entry' }, 'SMM is entered'],
    [{ kind: 'smm-exit' }, 'SMM is left'],
    [{ kind: 'reset' }, 'the vCPU is reset'],
    [{ kind: 'stop' }, 'stops'],
  ])('%j', (outcome, words) => {
    expect(outcomeWords(outcome)).toBe(words);
  });
});

const after = (session: Session, kernel: string): string | undefined =>
  goesOnWords(viewAt(session, kernel).derived.made!);

describe('what goes on after the write', () => {
  const written = visited(2, clearsSvme, ['7.0', '7.0+v1', '7.1']);

  test("with NRIPS: L1, with L2's registers", () => {
    expect(after(written, '7.0')).toMatch(/^L1 goes on after its VMRUN with L2’s registers: with NRIPS/);
  });

  test("without NRIPS: L2's code in L1's context, and why", () => {
    const words = after(setHost(written, 'nrips', false), '7.0');
    expect(words).toBe("L2's code goes on in L1's context: without NRIPS the skip decodes at L2’s RIP.");
  });

  test('after the SHUTDOWN: what a further KVM_RUN would do', () => {
    expect(after(written, '7.1')).toMatch(/^Guest mode was left without a #VMEXIT; a further KVM_RUN /);
  });

  test('is not worth saying where L2 simply goes on, or a #VMEXIT came', () => {
    expect(after(written, '7.0+v1')).toBeUndefined();
    expect(after(setEferWriteIntercept(written, true), '7.0')).toBeUndefined();
    expect(after(visited(1), '7.0')).toBeUndefined();
  });

  test('stands behind the outcome in the line of a step', () => {
    expect(stepWords(viewAt(written, '7.1').derived.made!)).toMatch(
      /^KVM_EXIT_SHUTDOWN\. Guest mode was left/,
    );
    expect(stepWords(viewAt(visited(1), '7.0').derived.made!)).toBe('L2 runs');
  });
});

describe('an event of the history', () => {
  test('is told in a few words', () => {
    expect(eventWords({ kind: 'setup', setup: {} }, clearsSvme)).toBe('start');
    const vmcb12 = {
      intercepts: ['VMRUN', 'MSR_PROT'],
      msrpm: { EFER: { read: false, write: true } },
    } as const;
    expect(eventWords({ kind: 'setup', setup: { host: { nrips: false }, vmcb12 } }, clearsSvme)).toBe(
      'start with +MSR_PROT, -VMMCALL, EFER write bit on, nrips off',
    );
    expect(eventWords({ kind: 'step' }, clearsSvme)).toBe('step');
    expect(eventWords({ kind: 'do', op: { do: 'KVM_RUN', immediateExit: true } }, clearsSvme)).toBe(
      'KVM_RUN immediate_exit',
    );
  });
});

test('whoever reaches guest mode by VMRUN is not told of a drop', () => {
  const l1 = { ...clearsSvme, code: { ...clearsSvme.code, l1: [{ do: 'CPUID' }] } } as const;
  const session = stepForward(startSession(l1, ['7.0']));
  expect(goesOnWords(viewAt(session, '7.0').derived.made!)).toBeUndefined();
  const smi = append(append(visited(1), 1, { kind: 'do', op: { do: 'EXIT' } }), 2, {
    kind: 'do',
    op: { do: 'KVM_SMI' },
  });
  const inSmm = stepForward(smi);
  expect(viewAt(inSmm, '7.0').derived.made?.step.outcome.kind).toBe('smm-entry');
  expect(goesOnWords(viewAt(inSmm, '7.0').derived.made!)).toBeUndefined();
});
