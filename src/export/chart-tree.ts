import { chartRegions, type ChartRegion } from '#session/chart-graph.ts';

/** Regions that stand side by side, all active at once. */
export interface ParallelRegions {
  readonly id: string;
  readonly name: string;
  readonly regions: readonly ChartTree[];
}

export type ChartTree = (ChartRegion & { readonly id: string }) | ParallelRegions;

function regionsUnder(path: readonly string[]): readonly ChartTree[] {
  const depth = path.length;
  const inside = chartRegions.filter((region) => path.every((name, index) => region.path[index] === name));
  return [...new Set(inside.map((region) => region.path[depth] ?? ''))].map((name) => {
    const own = [...path, name];
    const id = own.join('.');
    const region = inside.find((one) => one.path.join('.') === id);
    return region ? { ...region, id } : { id, name, regions: regionsUnder(own) };
  });
}

/** The regions of the chart as they stand inside each other; an id is the path from the outermost on. */
export const chartTree: readonly ChartTree[] = regionsUnder([]);
