import type { FocusEvent, KeyboardEvent, MouseEvent } from 'react';
import { focusRow } from './scrolling.ts';

interface Options {
  /** Of a row that can be folded whether it is open. */
  readonly expanded: (id: string) => boolean | undefined;
  readonly parentOf: (id: string) => string | undefined;
  readonly onFold: (id: string) => void;
  readonly onActive: (id: string) => void;
  readonly onDetails: (id: string) => void;
  readonly onMicro: (micro: number) => void;
  /** Close the details; the row whose they were, if any were open. */
  readonly onClose: () => string | undefined;
}

export interface TreeHandlers {
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onClick: (event: MouseEvent) => void;
  readonly onMouseDown: (event: MouseEvent) => void;
  readonly onFocus: (event: FocusEvent) => void;
}

const idOf = (element: Element | null | undefined): string | undefined =>
  (element as HTMLElement | null | undefined)?.dataset['row'];
const rowAt = (target: EventTarget): HTMLElement | null =>
  (target as Element).closest<HTMLElement>('[data-row]');

/** Whether a click was on what stands before a row's text: its chevron. */
function isBeforeText({ target, clientX }: MouseEvent): boolean {
  const text = rowAt(target)?.querySelector('[data-text]');
  return text !== null && text !== undefined && clientX < text.getBoundingClientRect().left;
}

/** The row so many rows on, if there is one; rows of details do not count. */
function rowFrom(row: Element, steps: number): string | undefined {
  const rows = [...(row.closest('[role=treegrid]')?.querySelectorAll('[data-row]') ?? [])];
  return idOf(rows[Math.min(rows.length - 1, Math.max(0, rows.indexOf(row) + steps))]);
}

/** Move through a tree of rows by arrow keys; fold, open and click its rows. One set of handlers serves all rows. */
export function treeHandlers(options: Options): TreeHandlers {
  const { expanded, parentOf, onFold, onActive, onDetails, onMicro, onClose } = options;
  const details = (id: string): undefined => {
    onDetails(id);
    return undefined;
  };
  /** What a key does on a row; the row to go to, if to another. */
  const keys: Readonly<Record<string, (id: string, row: Element) => string | undefined>> = {
    ArrowDown: (_, row) => rowFrom(row, 1),
    ArrowUp: (_, row) => rowFrom(row, -1),
    ArrowRight: (id, row) => {
      if (expanded(id) === false) onFold(id);
      return expanded(id) === true ? rowFrom(row, 1) : undefined;
    },
    ArrowLeft: (id) => {
      if (expanded(id) !== true) return parentOf(id);
      onFold(id);
      return undefined;
    },
    Home: (_, row) => rowFrom(row, -Infinity),
    End: (_, row) => rowFrom(row, Infinity),
    Enter: details,
    ' ': details,
    Escape: (_, row) => {
      const closed = onClose();
      if (closed === undefined) (row as HTMLElement).blur();
      return closed;
    },
  };
  return {
    onKeyDown: (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const row = event.target as HTMLElement;
      const handle = keys[event.key];
      // Of the keys on a link or button inside the details only Escape is the tree's.
      if (!handle || (idOf(row) === undefined && event.key !== 'Escape')) return;
      event.preventDefault();
      event.stopPropagation();
      const to = handle(idOf(row) ?? '', row);
      const scroller = event.currentTarget.parentElement;
      if (to !== undefined && scroller) focusRow(scroller, to);
    },
    onClick: (event) => {
      const id = idOf(rowAt(event.target));
      const target = event.target as Element;
      // A second click selects a word, a drag selects text: neither asks for anything.
      if (id === undefined || event.detail > 1 || document.getSelection()?.isCollapsed === false) return;
      const micro = target.closest<HTMLElement>('[data-micro]')?.dataset['micro'];
      if (micro !== undefined) onMicro(Number(micro) + 1);
      else if (expanded(id) !== undefined && isBeforeText(event)) onFold(id);
      else if (target.closest('[role=rowheader]')) onDetails(id);
    },
    onMouseDown: (event) => {
      // The keys stay with the page: → goes on from the micro-step.
      if ((event.target as Element).closest('[data-micro]')) event.preventDefault();
    },
    onFocus: (event) => {
      const id = idOf(event.target);
      if (id !== undefined) onActive(id);
    },
  };
}
