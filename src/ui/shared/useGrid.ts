import { useRef, useState, type KeyboardEvent } from 'react';

import { placeTowards, type Place } from './grid-moves.ts';

const placeOf = ({ dataset }: HTMLElement): Place => ({
  row: Number(dataset['row']),
  column: Number(dataset['column']),
});

/**
 * Keep one place of the table as its tab stop, and move it with the arrow keys. A place is an element with
 * `data-row` and `data-column`.
 */
export function useGrid(places: readonly Place[]) {
  const grid = useRef<HTMLTableElement>(null);
  const [active, setActive] = useState<Place>();
  const stop = places.find(({ row, column }) => row === active?.row && column === active.column) ?? places[0];
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const { target } = event;
    if (!(target instanceof HTMLElement) || target.dataset['row'] === undefined) return;
    const to = placeTowards(places, placeOf(target), event.key);
    if (!to) return;
    event.preventDefault();
    grid.current?.querySelector<HTMLElement>(`[data-row="${to.row}"][data-column="${to.column}"]`)?.focus();
  };
  return { grid, stop, setActive, onKeyDown };
}
