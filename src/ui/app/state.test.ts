import { expect, test } from 'vitest';

import { firstSession } from './opening.ts';
import { chooseKernels, removeKernel } from '#session/columns.ts';
import { firstLook } from '#session/page-look.ts';
import { reduce, type AppState } from './state.ts';

const session = chooseKernels(firstSession(), ['7.0', '7.0+v1', '7.1']);
const state: AppState = {
  session,
  look: { ...firstLook, focus: 2 },
  previous: undefined,
  notice: undefined,
};

test('the focus stays with its kernel', () => {
  const next = reduce(state, { type: 'update', update: (now) => removeKernel(now, '7.0') });
  expect(next.look.focus).toBe(1);
  expect(reduce(next, { type: 'update', update: (now) => removeKernel(now, '7.1') }).look.focus).toBe(0);
  expect(reduce(state, { type: 'look', change: { focus: 7 } }).look.focus).toBe(2);
});

function failing(): never {
  throw new Error('broken promise: a node');
}

test('an update that fails leaves the run and says so', () => {
  expect(reduce(state, { type: 'update', update: failing })).toEqual({
    ...state,
    notice: 'That did not work: broken promise: a node',
  });
});

test('another run keeps a way back', () => {
  expect(reduce(state, { type: 'open', session: firstSession() }).previous).toBe(session);
});

test('another run comes with its look, or keeps that of the page', () => {
  const look = { ...firstLook, tab: 'lanes', density: 'all' } as const;
  expect(reduce(state, { type: 'open', session: firstSession(), look }).look).toBe(look);
  const plain = reduce({ ...state, look }, { type: 'open', session: firstSession() });
  expect(plain.look).toEqual({ ...look, focus: 0 });
});

test('what is told changes nothing else, and goes when it is dismissed', () => {
  const told = reduce(state, { type: 'tell', notice: 'link: damaged' });
  expect(told).toEqual({ ...state, notice: 'link: damaged' });
  expect(reduce(told, { type: 'dismiss' })).toEqual(state);
});
