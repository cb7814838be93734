import type { Box } from './layout/types.ts';

/** How much dearer it is to go aside than along; what lies farther aside than this is another direction. */
const asideCost = 2;

type Way = readonly [along: number, aside: number];

/** How far a point lies in the direction of a key, and how far beside it. */
const ways: Readonly<Record<string, (x: number, y: number) => Way>> = {
  ArrowRight: (x, y) => [x, Math.abs(y)],
  ArrowLeft: (x, y) => [-x, Math.abs(y)],
  ArrowDown: (x, y) => [y, Math.abs(x)],
  ArrowUp: (x, y) => [-y, Math.abs(x)],
};

const middle = ({ x, y, width, height }: Box): readonly [number, number] => [x + width / 2, y + height / 2];

/** Of boxes the nearest in the direction of a key; the box itself where none is. Undefined: the key is no arrow. */
export function boxTowards(boxes: readonly Box[], from: number, key: string): number | undefined {
  const way = ways[key];
  const start = boxes[from];
  if (!way || !start) return undefined;
  const [x, y] = middle(start);
  const [best] = boxes
    .map((box, index) => {
      const [toX, toY] = middle(box);
      const [along, aside] = way(toX - x, toY - y);
      return { index, along, aside, isAslant: aside > along, cost: along + asideCost * aside };
    })
    .filter(({ along, aside }) => along > 1 && aside <= along * asideCost)
    // Rather straight on, if farther.
    .toSorted((one, other) => Number(one.isAslant) - Number(other.isAslant) || one.cost - other.cost);
  return best?.index ?? from;
}
