import { present } from '#base/assert.ts';
import { chartRegions, type ChartRegion } from '#session/chart-graph.ts';
import { layoutRegion } from './elk-region.ts';
import { fit, floorplans, leaf, type Frame, type Shape } from './floorplan.ts';
import { frameGap, framePad, textWidth, titleFont, titleHeight } from './metrics.ts';
import type { Box, ChartLayout, Packing, RegionLayout } from './types.ts';

/** Panels that the chart is packed for: beside other panels, alone, across the whole page, on a phone. */
const panels: readonly (readonly [width: number, height: number])[] = [
  [568, 380],
  [616, 348],
  [900, 320],
  [380, 560],
];

const titleWidth = (name: string): number => textWidth(name, titleFont) + 2 * framePad;

function regionFrame({ name }: ChartRegion, { width, height }: RegionLayout): Frame {
  return leaf(
    name,
    Math.max(width, titleWidth(name) - 2 * framePad) + 2 * framePad,
    height + titleHeight + framePad,
  );
}

/** A frame with a title around every shape of what is in it. */
function groupFrame(name: string, inner: readonly Shape[]): Frame {
  const shapes = inner.map((shape): Shape => ({
    width: Math.max(shape.width + 2 * framePad, titleWidth(name)),
    height: shape.height + titleHeight + framePad,
    place: (box) => ({
      [name]: box,
      ...shape.place({
        x: box.x + framePad,
        y: box.y + titleHeight,
        width: box.width - 2 * framePad,
        height: box.height - titleHeight - framePad,
      }),
    }),
  }));
  return { name, shapes };
}

/** The regions at one level, those of a group as one frame. */
function framesOf(
  regions: readonly ChartRegion[],
  layouts: Readonly<Record<string, RegionLayout>>,
): readonly Frame[] {
  const names = [...new Set(regions.map(({ path }) => present(path[0], 'a path')))];
  return names.map((name) => {
    const own = regions.filter(({ path }) => path[0] === name);
    const only = own[0];
    if (only && own.length === 1 && only.path.length === 1)
      return regionFrame(only, present(layouts[only.name], only.name));
    const inner = own.map((region) => ({ ...region, path: region.path.slice(1) }));
    return groupFrame(name, floorplans(framesOf(inner, layouts), frameGap));
  });
}

const whole = ({ x, y, width, height }: Box): Box => {
  const [left, top] = [Math.round(x), Math.round(y)];
  return { x: left, y: top, width: Math.round(x + width) - left, height: Math.round(y + height) - top };
};

function packingOf(shape: Shape): Packing {
  const frames = shape.place({ x: 0, y: 0, width: shape.width, height: shape.height });
  return {
    width: Math.ceil(shape.width),
    height: Math.ceil(shape.height),
    frames: Object.fromEntries(Object.entries(frames).map(([name, box]) => [name, whole(box)])),
  };
}

/** Lay out the whole chart, from the machine. */
export async function computeLayout(): Promise<ChartLayout> {
  const entries = await Promise.all(
    chartRegions.map(async (region) => [region.name, await layoutRegion(region)] as const),
  );
  const regions: Readonly<Record<string, RegionLayout>> = Object.fromEntries(entries);
  const shapes = floorplans(framesOf(chartRegions, regions), frameGap);
  const best = panels.map(([width, height]) =>
    present(
      shapes.toSorted((one, other) => fit(other, width, height) - fit(one, width, height))[0],
      'a way to place the frames',
    ),
  );
  return { regions, packings: [...new Set(best)].map(packingOf) };
}
