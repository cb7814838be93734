import { expect, test } from 'vitest';

import { branchEnd, nextBranch } from './branches.ts';
import { append } from './session.ts';
import { stepBack, stepForward } from './steps.ts';
import { visited } from './visited.testing.ts';

test('one branch has nothing to go round', () => {
  const session = visited(1);
  expect(nextBranch(session)).toBe(session);
});

test('goes from the end of one branch to the end of the next, and round', () => {
  const first = visited(2);
  const forked = append(stepBack(first), stepBack(first).cursor.node, { kind: 'do', op: { do: 'CPUID' } });
  const back = nextBranch(forked);
  expect(back.cursor.node).toBe(first.cursor.node);
  expect(nextBranch(back).cursor.node).toBe(forked.cursor.node);
});

test('the end of a branch is that which → would come to', () => {
  const session = visited(2);
  expect(branchEnd(stepBack(session)).id).toBe(session.cursor.node);
  expect(branchEnd(stepForward(session)).id).not.toBe(session.cursor.node);
});
