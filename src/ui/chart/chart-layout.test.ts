import { layout } from 'virtual:chart-layout';
import { describe, expect, test } from 'vitest';

import { present } from '#base/assert.ts';
import { chartRegions } from '#session/chart-graph.ts';
import { groupsOf, placedRegions } from './geometry.ts';
import { fit } from './layout/floorplan.ts';
import {
  labelFont,
  labelText,
  stateFont,
  stateMark,
  textWidth,
  titleFont,
  warnSign,
} from './layout/metrics.ts';
import type { Box, Point } from './layout/types.ts';

const slack = 0.11;

const overlap = (one: Box, other: Box): boolean =>
  one.x + one.width > other.x + slack &&
  other.x + other.width > one.x + slack &&
  one.y + one.height > other.y + slack &&
  other.y + other.height > one.y + slack;

const inside = (outer: Box, { x, y, width, height }: Box): boolean =>
  x >= outer.x - slack &&
  y >= outer.y - slack &&
  x + width <= outer.x + outer.width + slack &&
  y + height <= outer.y + outer.height + slack;

const pairs = <Item>(items: readonly Item[]): readonly (readonly [Item, Item])[] =>
  items.flatMap((one, index) => items.slice(index + 1).map((other) => [one, other] as const));

const overlaps = (boxes: readonly (readonly [string, Box])[]): readonly string[] =>
  pairs(boxes).flatMap(([[name, one], [other, two]]) => (overlap(one, two) ? [`${name} on ${other}`] : []));

/** Each stretch of a line, as a box with no width or no height. */
const stretches = (points: readonly Point[]): readonly Box[] =>
  points.slice(1).map(([x, y], index) => {
    const [fromX, fromY] = present(points[index], 'a point');
    return {
      x: Math.min(x, fromX),
      y: Math.min(y, fromY),
      width: Math.abs(x - fromX),
      height: Math.abs(y - fromY),
    };
  });

describe.each(chartRegions)('the region $name', (region) => {
  const { states, arrows, width, height } = present(layout.regions[region.name], region.name);
  const whole = { x: 0, y: 0, width, height };
  const labels = Object.entries(arrows).map(([id, { label }]) => [`label of ${id}`, label] as const);

  test('has every state and every arrow of the machine, and nothing else', () => {
    expect(new Set(Object.keys(states))).toEqual(new Set(region.states));
    expect(new Set(Object.keys(arrows))).toEqual(new Set(region.arrows.map(({ id }) => id)));
  });

  test('keeps states and labels inside and apart', () => {
    const boxes = [...Object.entries(states), ...labels];
    expect(boxes.filter(([, box]) => !inside(whole, box))).toEqual([]);
    expect(overlaps(boxes)).toEqual([]);
  });

  test('leads no arrow through a state or a label', () => {
    for (const [id, { points }] of Object.entries(arrows)) {
      for (const stretch of stretches(points)) {
        const hit = [...Object.entries(states), ...labels].filter(([, box]) => overlap(stretch, box));
        expect({ id, hit, inside: inside(whole, stretch) }).toEqual({ id, hit: [], inside: true });
      }
    }
  });

  test('has room for its names', () => {
    const tight = Object.entries(states).filter(
      ([name, box]) => box.width < stateMark + textWidth(name, stateFont),
    );
    const cut = region.arrows.flatMap(({ id, passages }) => {
      const { label } = present(arrows[id], id);
      return passages.filter(
        (passage) => label.width < textWidth(labelText(passage), labelFont) + (passage.warn ? warnSign : 0),
      );
    });
    expect([tight, cut]).toEqual([[], []]);
  });
});

describe.each(layout.packings)('the packing of $width by $height', (packing) => {
  const page = { x: 0, y: 0, width: packing.width, height: packing.height };
  const placed = placedRegions(layout, packing);
  const groups = groupsOf(packing);

  test('keeps the frames inside and apart', () => {
    const frames = placed.map(({ region, frame }) => [region.name, frame] as const);
    const outer = placed
      .filter(({ region }) => region.path.length === 1)
      .map(({ region, frame }) => [region.name, frame] as const);
    expect(frames.filter(([, frame]) => !inside(page, frame))).toEqual([]);
    expect(overlaps(frames)).toEqual([]);
    expect(overlaps([...outer, ...groups])).toEqual([]);
  });

  test('puts each region of a group into its frame', () => {
    const astray = groups.flatMap(([name, group]) =>
      placed.filter(({ region: { path }, frame }) => path[0] === name && !inside(group, frame)),
    );
    expect(astray).toEqual([]);
  });

  test('leaves room for content and title in each frame', () => {
    const tight = placed.filter(({ region, frame, origin: [x, y], layout: { width, height } }) => {
      const isTitleCut = frame.width < textWidth(region.name, titleFont);
      return isTitleCut || !inside(frame, { x, y, width, height });
    });
    expect(tight).toEqual([]);
  });
});

test('labels are readable beside the other panels', () => {
  const scale = Math.max(...layout.packings.map((packing) => fit(packing, 564, 368)));
  expect(scale * labelFont).toBeGreaterThan(10);
});
