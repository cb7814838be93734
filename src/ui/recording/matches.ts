/** How many of the numbers, which are in order, are less than this one. */
export function below(sorted: Uint32Array, number: number): number {
  let low = 0;
  for (let high = sorted.length; low < high;) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a number is among them. */
export const has = (sorted: Uint32Array, number: number): boolean => sorted[below(sorted, number)] === number;

/** The next of the numbers in that direction, without the one itself. Past the end it begins again. */
export function nextOf(sorted: Uint32Array, from: number, direction: 1 | -1): number | undefined {
  if (sorted.length === 0) return undefined;
  const at = direction === 1 ? below(sorted, from + 1) : below(sorted, from) - 1;
  return sorted[(at + sorted.length) % sorted.length];
}

/** Which rows a list shows: all events, or these. */
export interface Listing {
  readonly rows: number;
  readonly eventAt: (row: number) => number;
  /** The row of an event; of one that is not listed, the row where it would stand. */
  readonly rowOf: (event: number) => number;
}

export const allOf = (events: number): Listing => ({
  rows: events,
  eventAt: (row) => row,
  rowOf: (event) => event,
});

export const only = (events: Uint32Array): Listing => ({
  rows: events.length,
  eventAt: (row) => events[row] ?? 0,
  rowOf: (event) => Math.min(below(events, event), Math.max(events.length - 1, 0)),
});
