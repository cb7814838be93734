import { expect, test } from 'vitest';

import { viewAt } from './derive.ts';
import { listingOf, pointersOf } from './listing.ts';
import { append } from './session.ts';
import { microForward } from './steps.ts';
import { visited } from './visited.testing.ts';
import { setHost } from './what-if.ts';

const places = (session = visited(0), kernel = '7.0') =>
  pointersOf(viewAt(session, kernel)).map(
    ({ list, index, kind, context }) => `${kind} ${list}[${index}] as ${context}`,
  );

test('L1 runs first; L2 waits in vmcb12', () => {
  expect(places()).toEqual(['current l1[0] as L1', 'saved l2[0] as L2']);
});

test('while L2 runs, L1 waits in vmcb01', () => {
  expect(places(visited(1))).toEqual(['current l2[0] as L2', 'saved l1[1] as L1']);
});

test('after a shutdown userspace is current and the guest waits', () => {
  expect(places(visited(2), '7.1')).toEqual(
    expect.arrayContaining(['current userspace[0] as userspace', expect.stringMatching(/^saved l[12]\[/)]),
  );
});

test('inside an ioctl the call is current', () => {
  const stopped = visited(2);
  expect(places(microForward(stopped), '7.1')[0]).toBe('current userspace[0] as userspace');
});

test("without NRIPS it is L2's code in L1's context", () => {
  expect(places(setHost(visited(2), 'nrips', false))[0]).toBe('current l2[1] as L1');
});

test('counts what was done, on each kernel for itself', () => {
  const session = visited(3);
  expect(listingOf(session, '7.0').l1.map(({ done }) => done)).toEqual([1, 0]);
  expect(listingOf(session, '7.0').userspace[0]?.done).toBe(0);
  expect(listingOf(session, '7.1').userspace[0]?.done).toBe(1);
});

test('shows what the visitor put in, where it was done', () => {
  const before = visited(1);
  const { l2 } = listingOf(append(before, before.cursor.node, { kind: 'do', op: { do: 'CPUID' } }), '7.0');
  expect(l2.map(({ op, done, inserted }) => [op.do, done, inserted])).toEqual([
    ['CPUID', 1, true],
    ['WRMSR', 0, false],
    ['VMMCALL', 0, false],
  ]);
});
