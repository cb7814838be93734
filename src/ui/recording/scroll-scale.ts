/** How a list of any length scrolls in an element of bounded height: browsers cap heights, Firefox at 17 million. */

/** Tallest element that is made, in pixels. */
const tallest = 8_000_000;

export interface Scale {
  /** Of the list as it would be, in pixels. */
  readonly full: number;
  /** Of the element that stands for it. */
  readonly height: number;
  /** Of what is seen of it. */
  readonly view: number;
}

export function scaleOf(rows: number, rowHeight: number, view: number): Scale {
  const full = rows * rowHeight;
  return { full, height: Math.min(full, Math.max(tallest, view)), view };
}

/** Pixels of the list for one of the element: 1 where the list is not too long. */
const ratio = ({ full, height, view }: Scale): number =>
  height <= view ? 1 : (full - view) / (height - view);

/** Where in the list one is, by how far the element is scrolled. */
export const offsetAt = (scale: Scale, scrollTop: number): number => scrollTop * ratio(scale);

/** How far to scroll the element to be there in the list. */
export const scrollTopAt = (scale: Scale, offset: number): number => offset / ratio(scale);

/** The nearest place that the list can be scrolled to. */
export const within = ({ full, view }: Scale, offset: number): number =>
  Math.min(Math.max(offset, 0), Math.max(full - view, 0));

/** Whether the element is as tall as the list, so that the browser's own scrolling is exact. */
export const isExact = ({ full, height }: Scale): boolean => full === height;

/** The rows that are seen, `from` up to and without `to`. */
export function rowsSeen(scale: Scale, offset: number, rowHeight: number): { from: number; to: number } {
  const rows = Math.round(scale.full / rowHeight);
  const from = Math.max(Math.floor(offset / rowHeight), 0);
  return { from, to: Math.min(Math.ceil((offset + scale.view) / rowHeight), rows) };
}

/** Where to scroll so that a row is seen: nowhere where it is already, a little where it is near, else to its middle. */
export function offsetFor(scale: Scale, offset: number, row: number, rowHeight: number): number {
  const top = row * rowHeight;
  const lowest = top + rowHeight - scale.view;
  if (offset > top + scale.view || offset < lowest - scale.view)
    return within(scale, top - (scale.view - rowHeight) / 2);
  return within(scale, Math.max(Math.min(offset, top), lowest));
}
