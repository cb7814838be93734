import type { Goal } from './look.ts';

/** Moving rows into view. What scrolls is the table's own box, on a narrow page the whole panel; the page never moves. */

const rowOf = (table: Element, id: string): HTMLElement | null =>
  table.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);

/** The box that the table scrolls in, and whether it holds nothing but the table. */
function scrollerOf(table: Element): { readonly box: Element; readonly own: boolean } {
  let box: Element | null = table;
  while (box && getComputedStyle(box).overflowY === 'visible') box = box.parentElement;
  return { box: box ?? table, own: box === table };
}

/** How far below the table's head a row begins; negative where the head covers it. */
function belowHead(table: Element, row: Element): number {
  const head = table.querySelector('[data-head]') ?? table;
  return row.getBoundingClientRect().top - head.getBoundingClientRect().bottom;
}

/** Bring a row to the upper third, with a whole row right below the head. */
function bringUp(table: Element, box: Element, row: Element): void {
  const at = belowHead(table, row);
  const room = box.clientHeight / 4;
  const top =
    [...table.querySelectorAll('[data-row]')].find((one) => at - belowHead(table, one) <= room) ?? row;
  box.scrollTop += belowHead(table, top);
}

/**
 * Show the row that a change of the operation, or the visitor, asks for. Where the sentences about it scroll with the
 * table, they come first.
 */
export function showGoal(table: Element, { id, focus }: Goal): void {
  const { box, own } = scrollerOf(table);
  const row = id === undefined ? null : rowOf(table, id);
  if (!row || (!own && !focus)) {
    box.scrollTop = 0;
    return;
  }
  bringUp(table, box, row);
  // The head of a panel that scrolls whole sticks only now.
  if (!own) bringUp(table, box, row);
  if (focus) row.focus({ preventScroll: true });
}

/** Scroll no further than needed to see a row whole. */
export function keepInView(table: Element, id: string): void {
  const row = rowOf(table, id);
  if (!row) return;
  const { box } = scrollerOf(table);
  const above = belowHead(table, row);
  const below = row.getBoundingClientRect().bottom - box.getBoundingClientRect().bottom;
  if (above < 0) box.scrollTop += above;
  else if (below > 0) box.scrollTop += below;
}

/** Scroll the details below a row into view, as far as the row itself stays. */
export function showDetails(table: Element, id: string): void {
  const row = rowOf(table, id);
  const details = row?.nextElementSibling;
  if (!row || !details) return;
  const { box } = scrollerOf(table);
  const below = details.getBoundingClientRect().bottom - box.getBoundingClientRect().bottom;
  if (below > 0) box.scrollTop += Math.min(below, belowHead(table, row));
}

/** Give a row the keys. */
export function focusRow(table: Element, id: string): void {
  rowOf(table, id)?.focus({ preventScroll: true });
  keepInView(table, id);
}
