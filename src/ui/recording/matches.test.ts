import { expect, test } from 'vitest';

import { allOf, below, has, nextOf, only } from './matches.ts';

const some = Uint32Array.of(2, 5, 9);

test.each([
  [0, 0],
  [2, 0],
  [3, 1],
  [9, 2],
  [10, 3],
])('%i has %i below it', (number, count) => {
  expect(below(some, number)).toBe(count);
});

test('says what is among them', () => {
  expect([1, 2, 5, 9, 10].map((number) => has(some, number))).toEqual([false, true, true, true, false]);
});

test.each([
  [2, 1, 5],
  [3, 1, 5],
  [9, 1, 2],
  [100, 1, 2],
  [5, -1, 2],
  [6, -1, 5],
  [2, -1, 9],
  [0, -1, 9],
] as const)('from %i by %i to %i, and round at the ends', (from, direction, to) => {
  expect(nextOf(some, from, direction)).toBe(to);
});

test('of none there is no next', () => {
  expect(nextOf(new Uint32Array(), 3, 1)).toBeUndefined();
});

test('a list shows all events, or some, and knows where one stands', () => {
  const all = allOf(10);
  expect([all.rows, all.eventAt(4), all.rowOf(4)]).toEqual([10, 4, 4]);
  const few = only(some);
  expect([few.rows, few.eventAt(1), few.rowOf(5), few.rowOf(6), few.rowOf(99)]).toEqual([3, 5, 1, 2, 2]);
});
