import { expect, test } from 'vitest';

import { dragged, isSizes, nudged } from './split-sizes.ts';

const panes = [
  { size: 30, min: 20 },
  { size: 40, min: 10 },
  { size: 30, min: 10 },
];
const sizes = panes.map(({ size }) => size);

test('a bar moves what is on its two sides only', () => {
  expect(nudged(sizes, panes, 1, 5)).toEqual([30, 45, 25]);
  expect(dragged(sizes, panes, 1, 60)).toEqual([30, 30, 40]);
});

test.each([
  [0, -50, [20, 50, 30]],
  [0, 100, [60, 10, 30]],
  [1, 100, [30, 60, 10]],
])('bar %i by %i stops at the smallest sizes', (bar, by, expected) => {
  expect(nudged(sizes, panes, bar, by)).toEqual(expected);
});

test.each([[null], [[50, 50]], [[5, 65, 30]], [[30, 40, 60]], [['30', 40, 30]]])(
  '%j are no sizes',
  (stored) => {
    expect(isSizes(stored, panes)).toBe(false);
  },
);
