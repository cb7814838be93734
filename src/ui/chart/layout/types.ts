/** Where everything of the chart stands. Computed from the machine when the page is built; see `compute.ts`. */

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Point = readonly [x: number, y: number];

export interface RegionLayout {
  readonly width: number;
  readonly height: number;
  /** By the state's name, within the region. */
  readonly states: Readonly<Record<string, Box>>;
  /** By the arrow's id, within the region. */
  readonly arrows: Readonly<Record<string, ArrowLayout>>;
}

export interface ArrowLayout {
  readonly points: readonly Point[];
  readonly label: Box;
}

/** One way of placing the frames; the page takes the one that fits its panel best. */
export interface Packing {
  readonly width: number;
  readonly height: number;
  /** By the name of a region, or of the group that holds regions. Those of a group lie inside its frame. */
  readonly frames: Readonly<Record<string, Box>>;
}

export interface ChartLayout {
  readonly regions: Readonly<Record<string, RegionLayout>>;
  readonly packings: readonly Packing[];
}
