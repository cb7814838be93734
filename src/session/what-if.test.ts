import { expect, test } from 'vitest';

import { viewsAt } from './derive.ts';
import { visited } from './visited.testing.ts';
import {
  interceptsEferWrites,
  interceptsEverSet,
  programNow,
  setEferMap,
  setEferWriteIntercept,
  setHost,
  setIntercept,
} from './what-if.ts';

const session = visited(2);
const outcomes = (at = session) => viewsAt(at).map(({ derived }) => derived.made?.step.outcome.kind);

test('an intercepted write is a #VMEXIT on every kernel', () => {
  expect(outcomes()).toEqual(['resume', 'userspace-exit']);
  const changed = setEferWriteIntercept(session, true);
  expect(interceptsEferWrites(programNow(changed))).toBe(true);
  expect(outcomes(changed)).toEqual(['nested-vmexit', 'nested-vmexit']);
});

test('MSR_PROT alone is not enough, nor is the map', () => {
  expect(interceptsEferWrites(programNow(setIntercept(session, 'MSR_PROT', true)))).toBe(false);
  expect(interceptsEferWrites(programNow(setEferMap(session, { write: true })))).toBe(false);
});

test.each([
  ['an intercept', setIntercept(setIntercept(session, 'VMRUN', false), 'VMRUN', true)],
  ['both bits', setEferWriteIntercept(setEferWriteIntercept(session, true), false)],
  ['an option', setHost(setHost(session, 'nrips', false), 'nrips', true)],
])('setting %s back returns to the old run', (_, back) => {
  expect(back.cursor).toEqual(session.cursor);
});

test('the old run stays as a branch', () => {
  const changed = setHost(session, 'nrips', false);
  expect(changed.nodes.slice(0, session.nodes.length)).toEqual(session.nodes);
  expect(changed.nodes).toHaveLength(2 * session.nodes.length);
});

test('an intercept that was set once is remembered', () => {
  const changed = setIntercept(setIntercept(session, 'CPUID', true), 'CPUID', false);
  expect(programNow(changed).vmcb12.intercepts).toEqual(['VMRUN', 'VMMCALL']);
  expect(interceptsEverSet(changed)).toEqual(['VMRUN', 'VMMCALL', 'CPUID']);
});
