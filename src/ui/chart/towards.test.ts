import { layout } from 'virtual:chart-layout';
import { expect, test } from 'vitest';

import { placedRegions, placing } from './geometry.ts';
import { boxTowards } from './towards.ts';

const box = (x: number, y: number) => ({ x, y, width: 20, height: 10 });

// Two rows; the second has its middle left of the first one's.
const boxes = [box(0, 0), box(50, 0), box(100, 0), box(40, 30), box(100, 60)];

test.each([
  ['ArrowRight', 0, 1],
  ['ArrowLeft', 2, 1],
  ['ArrowDown', 1, 3],
  ['ArrowUp', 3, 1],
  ['ArrowDown', 2, 4],
  ['ArrowUp', 0, 0],
  ['ArrowRight', 2, 2],
  ['Enter', 0, undefined],
])('%s from box %i leads to %s', (key, from, to) => {
  expect(boxTowards(boxes, from, key)).toBe(to);
});

test.each([
  [555, 480],
  [374, 600],
  [1200, 400],
])('every state of the chart is reached by arrow keys, in a panel of %i x %i', (width, height) => {
  const { packing } = placing(layout, width, height);
  const states = placedRegions(layout, packing).flatMap(({ layout: { states: own }, origin: [x, y] }) =>
    Object.values(own).map((one) => ({ ...one, x: one.x + x, y: one.y + y })),
  );
  const reached = new Set([0]);
  for (const from of reached)
    for (const key of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'])
      reached.add(boxTowards(states, from, key)!);
  expect(reached.size).toBe(states.length);
});
