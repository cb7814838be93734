import { present } from '#base/assert.ts';
import { chartRegions } from '#session/chart-graph.ts';
import { fit } from './layout/floorplan.ts';
import { framePad, titleHeight } from './layout/metrics.ts';
import type { Box, ChartLayout, Packing, Point, RegionLayout } from './layout/types.ts';

/** Below this scale, at the usual size of text, labels are no longer read: scrolling is better then. */
const readable = 0.75;

/** The packing for a panel of this size and the scale at which it is drawn: as big as fits, or readable and as wide. */
export function placing(
  layout: ChartLayout,
  width: number,
  height: number,
  textScale = 1,
): { readonly packing: Packing; readonly scale: number } {
  const packing = bestPacking(layout, width, height);
  const scale = fit(packing, width, height);
  if (scale >= readable * textScale) return { packing, scale };
  const narrow = bestPacking(layout, width, Infinity);
  return { packing: narrow, scale: Math.max(scale, Math.min(textScale, width / narrow.width)) };
}

function bestPacking({ packings }: ChartLayout, width: number, height: number): Packing {
  return present(
    packings.toSorted((one, other) => fit(other, width, height) - fit(one, width, height))[0],
    'a packing',
  );
}

/** Where the content of a region begins: in the middle of its frame, below the title. */
function originIn(frame: Box, { width, height }: RegionLayout): Point {
  const room = frame.height - titleHeight - framePad;
  return [
    frame.x + Math.round((frame.width - width) / 2),
    frame.y + titleHeight + Math.round((room - height) / 2),
  ];
}

/** The frame of a region, with what is drawn in it. */
export interface PlacedRegion {
  readonly region: (typeof chartRegions)[number];
  readonly frame: Box;
  readonly origin: Point;
  readonly layout: RegionLayout;
}

/** The regions where a packing puts them, in the order of the chart. */
export function placedRegions({ regions }: ChartLayout, { frames }: Packing): readonly PlacedRegion[] {
  return chartRegions.map((region) => {
    const layout = present(regions[region.name], `layout of ${region.name}`);
    const frame = present(frames[region.name], `frame of ${region.name}`);
    return { region, frame, layout, origin: originIn(frame, layout) };
  });
}

/** Names of the groups that hold regions, each with its frame. */
export function groupsOf({ frames }: Packing): readonly (readonly [name: string, frame: Box])[] {
  const names = new Set(chartRegions.flatMap(({ path }) => path.slice(0, -1)));
  return [...names].map((name) => [name, present(frames[name], `frame of ${name}`)]);
}

const between = ([x, y]: Point, [toX, toY]: Point, distance: number): Point => {
  const length = Math.hypot(toX - x, toY - y) || 1;
  const part = Math.min(0.5, distance / length);
  return [x + (toX - x) * part, y + (toY - y) * part];
};

/** A path along points, its corners rounded, that ends short of the last point to leave room for an arrow head. */
export function arrowPath(points: readonly Point[], head: number): string {
  const last = present(points.at(-1), 'a point');
  const before = present(points.at(-2), 'a point before it');
  const line = [...points.slice(0, -1), between(last, before, head)];
  return line
    .map((point, index) => {
      const [previous, next] = [line[index - 1], line[index + 1]];
      if (!previous || !next) return `${index === 0 ? 'M' : 'L'}${point.join(' ')}`;
      return `L${between(point, previous, 4).join(' ')}Q${point.join(' ')} ${between(point, next, 4).join(' ')}`;
    })
    .join('');
}

/** The triangle at the end of an arrow. */
export function headPath(points: readonly Point[], size: number): string {
  const [x, y] = present(points.at(-1), 'a point');
  const [fromX, fromY] = present(points.at(-2), 'a point before it');
  const length = Math.hypot(x - fromX, y - fromY) || 1;
  const [dx, dy] = [((x - fromX) / length) * size, ((y - fromY) / length) * size];
  const half = 0.45;
  return `M${x} ${y}L${x - dx - dy * half} ${y - dy + dx * half}L${x - dx + dy * half} ${y - dy - dx * half}Z`;
}
