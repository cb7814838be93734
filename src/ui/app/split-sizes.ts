/** A pane's usual and smallest size, in per cent of the whole. */
export interface PaneSize {
  readonly size: number;
  readonly min: number;
}

/** Whether a stored value is a list of sizes for these panes. */
export function isSizes(value: unknown, panes: readonly PaneSize[]): value is readonly number[] {
  if (!Array.isArray(value) || value.length !== panes.length) return false;
  const fits = value.every((size, index) => typeof size === 'number' && size >= (panes[index]?.min ?? 0));
  return fits && Math.abs(value.reduce((sum: number, size: number) => sum + size, 0) - 100) < 1;
}

/** Move the bar after a pane by so much: the two panes beside it share what they had. */
export function nudged(
  sizes: readonly number[],
  panes: readonly PaneSize[],
  bar: number,
  by: number,
): readonly number[] {
  const both = (sizes[bar] ?? 0) + (sizes[bar + 1] ?? 0);
  const least = panes[bar]?.min ?? 0;
  const most = both - (panes[bar + 1]?.min ?? 0);
  const first = Math.min(Math.max((sizes[bar] ?? 0) + by, least), Math.max(most, least));
  return sizes.map((size, index) => (index === bar ? first : index === bar + 1 ? both - first : size));
}

/** Move the bar after a pane to a place, in per cent of the whole. */
export function dragged(
  sizes: readonly number[],
  panes: readonly PaneSize[],
  bar: number,
  to: number,
): readonly number[] {
  const start = sizes.slice(0, bar).reduce((sum, size) => sum + size, 0);
  return nudged(sizes, panes, bar, to - start - (sizes[bar] ?? 0));
}
