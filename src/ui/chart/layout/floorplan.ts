import { present } from '#base/assert.ts';
import type { Box } from './types.ts';

/**
 * Place frames side by side and below each other, in their reading order, with as little left over as possible.
 *
 * Every list is cut in two, to the right or below, and again, down to single frames. All cuts of so short a list can
 * be tried: each stretch of it keeps the shapes than which no other is smaller both ways.
 */

export interface Frame {
  readonly name: string;
  /** Shapes that the frame may take: one of a region, several of a group. */
  readonly shapes: readonly Shape[];
}

export interface Shape {
  readonly width: number;
  readonly height: number;
  /** Put the frames into a box at least as big as the shape. */
  readonly place: (box: Box) => Readonly<Record<string, Box>>;
}

export const leaf = (name: string, width: number, height: number): Frame => ({
  name,
  shapes: [{ width, height, place: (box) => ({ [name]: box }) }],
});

/** Two shapes beside each other. What is left over goes to both in proportion. */
function beside(left: Shape, right: Shape, gap: number): Shape {
  return {
    width: left.width + gap + right.width,
    height: Math.max(left.height, right.height),
    place: ({ x, y, width, height }) => {
      const first = ((width - gap) * left.width) / (left.width + right.width);
      return {
        ...left.place({ x, y, width: first, height }),
        ...right.place({ x: x + first + gap, y, width: width - gap - first, height }),
      };
    },
  };
}

/** Two shapes below each other. */
function below(top: Shape, bottom: Shape, gap: number): Shape {
  return {
    width: Math.max(top.width, bottom.width),
    height: top.height + gap + bottom.height,
    place: ({ x, y, width, height }) => {
      const first = ((height - gap) * top.height) / (top.height + bottom.height);
      return {
        ...top.place({ x, y, width, height: first }),
        ...bottom.place({ x, y: y + first + gap, width, height: height - gap - first }),
      };
    },
  };
}

/** The shapes than which no other is both narrower and lower, from the narrowest on. */
function smallest(shapes: readonly Shape[]): readonly Shape[] {
  const kept: Shape[] = [];
  for (const shape of shapes.toSorted((a, b) => a.width - b.width || a.height - b.height)) {
    const last = kept.at(-1);
    if (!last || shape.height < last.height) kept.push(shape);
  }
  return kept;
}

/** Every sensible shape of the frames together. */
export function floorplans(frames: readonly Frame[], gap: number): readonly Shape[] {
  const known = new Map<string, readonly Shape[]>();
  const of = (from: number, to: number): readonly Shape[] => {
    const key = `${from} ${to}`;
    const found =
      known.get(key) ?? (to - from === 1 ? smallest(present(frames[from], 'a frame').shapes) : cut(from, to));
    known.set(key, found);
    return found;
  };
  const cut = (from: number, to: number): readonly Shape[] => {
    const shapes: Shape[] = [];
    for (let at = from + 1; at < to; at += 1) {
      for (const one of of(from, at)) {
        for (const other of of(at, to)) shapes.push(beside(one, other, gap), below(one, other, gap));
      }
    }
    return smallest(shapes);
  };
  return of(0, frames.length);
}

/** How much a shape can be enlarged within a box. */
export const fit = (
  shape: { readonly width: number; readonly height: number },
  width: number,
  height: number,
): number => Math.min(width / shape.width, height / shape.height);
