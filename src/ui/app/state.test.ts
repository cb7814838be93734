import { expect, test } from 'vitest';

import { firstSession } from './opening.ts';
import { chooseKernels, removeKernel } from '#session/columns.ts';
import { stepForward } from '#session/steps.ts';
import { firstLook } from '#session/page-look.ts';
import { togglePredict, togglePresenting } from '#session/presenting.ts';
import { reduce, type AppState } from './state.ts';

const session = chooseKernels(firstSession(), ['7.0', '7.0+v1', '7.1']);
const state: AppState = {
  session,
  look: { ...firstLook, focus: 2 },
  previous: undefined,
  shelf: [],
  notice: undefined,
};

test('the focus stays with its kernel', () => {
  const next = reduce(state, { type: 'update', update: (now) => removeKernel(now, '7.0') });
  expect(next.look.focus).toBe(1);
  expect(reduce(next, { type: 'update', update: (now) => removeKernel(now, '7.1') }).look.focus).toBe(0);
  expect(reduce(state, { type: 'look', change: { focus: 7 } }).look.focus).toBe(2);
});

test('an operation that is done by hand answers the question that was asked', () => {
  const asking = { ...state, look: togglePredict(togglePresenting(state.look)) };
  const asked = reduce(asking, { type: 'move', move: stepForward });
  expect(asked.look.presenting?.covered).toBe(true);
  expect(reduce(asked, { type: 'update', update: stepForward }).look.presenting?.covered).toBe(false);
});

test('what another window shows is taken as it is', () => {
  const view = { session: stepForward(session), look: togglePresenting(state.look) };
  expect(reduce(state, { type: 'adopt', view })).toEqual({ ...state, ...view });
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

const tour = { kind: 'tour', id: 'svme-discussion' } as const;

test('a talk is followed: by stops, and where the visitor steps by hand', () => {
  const start = reduce({ ...state, session: { ...session, talk: tour } }, { type: 'stop', to: 0 });
  const second = reduce(start, { type: 'stop', to: 'next' });
  expect(second.session).toMatchObject({ stop: 1, kernels: ['7.0'] });
  const third = reduce(second, { type: 'stop', to: 'next' });
  expect(third.session.scenario).toBe('gif-and-svme');
  expect(third.shelf).toEqual([second.session]);
  expect(reduce(third, { type: 'stop', to: 'previous' }).session).toEqual({ ...second.session, stop: 1 });
  const stepped = reduce(start, { type: 'update', update: stepForward });
  expect(stepped.session.stop).toBe(1);
  expect(reduce(start, { type: 'stop', to: 'previous' })).toBe(start);
});

test('the notes of a scenario end with their last stop; without notes the next stop is the next step', () => {
  let now: AppState = { ...state, session: firstSession() };
  let bare: AppState = { ...state, session: { ...firstSession(), scenario: undefined } };
  for (let pressed = 0; pressed < 9; pressed += 1) {
    now = reduce(now, { type: 'stop', to: 'next' });
    bare = reduce(bare, { type: 'stop', to: 'next' });
  }
  expect([now.session.stop, now.session.cursor.node]).toEqual([3, 3]);
  expect(bare.session.cursor.node).toBe(4);
});

test('a stop that is not there is said', () => {
  expect(reduce(state, { type: 'stop', to: 77 }).notice).toBe(
    'That did not work: no stop 78, the talk has 4',
  );
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
