/** A place in a table. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Of the places in the direction of a key the nearest, or undefined where the key is none or nothing is there. */
export function placeTowards(places: readonly Place[], from: Place, key: string): Place | undefined {
  const ahead: Readonly<Record<string, (place: Place) => readonly [along: number, aside: number]>> = {
    ArrowRight: ({ row, column }) => [column - from.column, Math.abs(row - from.row) * 1000],
    ArrowLeft: ({ row, column }) => [from.column - column, Math.abs(row - from.row) * 1000],
    ArrowDown: ({ row, column }) => [row - from.row, Math.abs(column - from.column)],
    ArrowUp: ({ row, column }) => [from.row - row, Math.abs(column - from.column)],
  };
  const measure = ahead[key];
  if (!measure) return undefined;
  const [best] = places
    .map((place) => ({ place, way: measure(place) }))
    .filter(({ way: [along, aside] }) => along > 0 && aside < 1000)
    .toSorted((a, b) => a.way[0] - b.way[0] || a.way[1] - b.way[1]);
  return best?.place;
}
