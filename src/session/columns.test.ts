import { expect, test } from 'vitest';

import { defaults } from '#program/types.ts';
import { addKernel, chooseKernels, hasRoom, removeKernel } from './columns.ts';
import { startSession } from './session.ts';

const program = {
  title: 'nothing',
  host: defaults.host,
  guest: defaults.guest,
  vmcb12: defaults.vmcb12,
  userspace: defaults.userspace,
  code: { l1: [], l2: [], smm: defaults.smm },
};
const session = startSession(program, ['7.0', '7.1']);

test('a kernel is added once, as the last one', () => {
  expect(addKernel(session, '7.0+v1').kernels).toEqual(['7.0', '7.1', '7.0+v1']);
  expect(addKernel(session, '7.0').kernels).toEqual(['7.0', '7.1']);
});

test('a fifth kernel does not fit', () => {
  const full = chooseKernels(session, ['6.12', '7.0', '7.0+v1', '7.0+v2', '7.1']);
  expect(full.kernels).toHaveLength(4);
  expect(hasRoom(full)).toBe(false);
  expect(addKernel(full, '7.1')).toBe(full);
});

test('the last kernel stays', () => {
  const one = removeKernel(session, '7.0');
  expect(one.kernels).toEqual(['7.1']);
  expect(removeKernel(one, '7.1')).toBe(one);
});
