import { expect, test } from 'vitest';

import type { Program } from '#program/types.ts';
import { viewsAt } from './derive.ts';
import { append } from './session.ts';
import { microForward, stepBack } from './steps.ts';
import { forwardOf, progressOf, spokenSummary, summaryOf } from './summary.ts';
import { clearsSvme, visited } from './visited.testing.ts';

test('kernels that fared alike share a line', () => {
  const entered = visited(1);
  expect(summaryOf(entered, viewsAt(entered))).toEqual({
    title: 'VMRUN by L1',
    lines: [{ kernels: ['7.0', '7.1'], words: 'L2 runs' }],
  });
  const parted = visited(2);
  expect(summaryOf(parted, viewsAt(parted)).lines.map(({ kernels }) => kernels)).toEqual([['7.0'], ['7.1']]);
});

test('kernels of which the same is told are set apart by the state that they are in', () => {
  const program: Program = {
    ...clearsSvme,
    code: { ...clearsSvme.code, l2: [{ do: 'EXIT' }] },
    userspace: [{ do: 'KVM_SET_SREGS', efer: { clear: ['SVME'] } }],
  };
  const session = visited(3, program, ['7.0', '7.0+v2', '7.1']);
  expect(summaryOf(session, viewsAt(session)).lines).toEqual([
    { kernels: ['7.0', '7.1'], words: 'returns 0' },
    { kernels: ['7.0+v2'], words: 'returns 0, TRIPLE_FAULT requested' },
  ]);
});

test('the spoken summary names the kernels only where they differ', () => {
  const entered = visited(1);
  expect(spokenSummary(entered, viewsAt(entered))).toBe('VMRUN by L1. L2 runs.');
  const parted = visited(2);
  expect(spokenSummary(parted, viewsAt(parted))).toMatch(
    /^WRMSR EFER SVME=0 by L2\. 7\.0: .* 7\.1: KVM_EXIT_SHUTDOWN/,
  );
  const inside = microForward(entered);
  expect(spokenSummary(inside, viewsAt(inside))).toMatch(/: node 1 of \d+\.$/);
});

test('→ does what the program has next, or goes where it went before', () => {
  const entered = visited(1);
  expect(forwardOf(entered, viewsAt(entered), 0)).toMatchObject({
    label: 'WRMSR EFER SVME=0',
    actor: 'L2',
    kind: 'new',
  });
  const back = stepBack(append(entered, entered.cursor.node, { kind: 'do', op: { do: 'CPUID' } }));
  expect(forwardOf(back, viewsAt(back), 0)).toMatchObject({ label: 'CPUID', kind: 'known' });
});

test('inside an operation → runs the rest of it', () => {
  const inside = microForward(visited(1));
  expect(forwardOf(inside, viewsAt(inside), 0)).toMatchObject({
    label: 'WRMSR EFER SVME=0',
    actor: 'L2',
    kind: 'rest',
  });
});

test('at the end → says why', () => {
  const ended = visited(4);
  expect(forwardOf(ended, viewsAt(ended), 0).why).toMatch(/ended|nothing/);
});

test('a free operation leaves the script', () => {
  const entered = visited(1);
  expect(progressOf(entered)).toEqual({ made: 1, total: 1, scripted: true });
  expect(progressOf(append(entered, entered.cursor.node, { kind: 'do', op: { do: 'CPUID' } })).scripted).toBe(
    false,
  );
});
