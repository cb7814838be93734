import {
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type Ref,
  type RefObject,
} from 'react';

import { classes } from '../shared/classes.ts';
import { EventRowLine, eventColumns } from './EventRowLine.tsx';
import { has } from './matches.ts';
import { marksByEvent, type Mark } from './marks.ts';
import { lookAt, type OpenRecording } from './store.ts';
import type { Events } from './useEvents.ts';
import type { useEventRows } from './useEventRows.ts';
import { useRowInView, useScaledScroll } from './useScaledScroll.ts';

interface Props {
  readonly recording: OpenRecording;
  readonly events: Events;
  readonly rows: ReturnType<typeof useEventRows>;
  readonly marks: readonly Mark[];
  /** Which events are seen: they are what has to be known. */
  readonly onSeen: (events: readonly number[]) => void;
}

/** Rows at which a list starts before any has been measured, in pixels. */
const usualHeight = 22;

/** Every event of the recording, or those that match. A million rows are no more than what is seen of them. */
export function EventList({ recording, events, rows, marks, onSeen }: Props) {
  const { summary, look } = recording;
  const { listing, matches } = events;
  const prefix = useId();
  const marked = useMemo(() => marksByEvent(marks), [marks]);
  const head = useRef<HTMLDivElement>(null);
  const height = useHeight(head);
  const scroller = useRef<HTMLDivElement>(null);
  const scroll = useScaledScroll(scroller, listing.rows, height);
  const chosen = listing.rowOf(look.cursor);
  const isListed = listing.rows > 0 && listing.eventAt(chosen) === look.cursor;
  useRowInView(scroll, listing.rows > 0 ? chosen : undefined, height);
  const { from, to } = scroll.seen;
  useEffect(() => {
    onSeen(rowsFrom(from, to).map(listing.eventAt));
  }, [from, to, listing, onSeen]);
  const choose = useCallback((row: number) => lookAt({ cursor: listing.eventAt(row) }), [listing]);
  const page = Math.max(to - from - 2, 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = rowTowards(event, { chosen, isListed, rows: listing.rows, page });
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
  };
  // Rows that go out of sight are used again for those that come into it.
  const places = Math.ceil(scroll.view / height) + 2;
  const rowId = (row: number): string => `${prefix}row-${row}`;
  return (
    <div
      ref={scroller}
      role="grid"
      id="recording-events"
      aria-label="Events"
      aria-rowcount={listing.rows + 1}
      aria-readonly="true"
      aria-activedescendant={isListed && chosen >= from && chosen < to ? rowId(chosen) : undefined}
      tabIndex={0}
      onScroll={scroll.onScroll}
      onKeyDown={onKeyDown}
      className="relative min-h-0 flex-1 contain-strict overflow-x-hidden overflow-y-auto bg-panel focus-visible:outline-offset-[-2px]"
    >
      <Head ref={head} timed={summary.from !== undefined} />
      <div role="rowgroup" style={{ height: scroll.scale.height }} className="relative overflow-hidden">
        {rowsFrom(from, to).map((row) => (
          <EventRowLine
            key={row % places}
            id={rowId(row)}
            index={row}
            row={rows.rowAt(listing.eventAt(row))}
            chosen={listing.eventAt(row) === look.cursor}
            matches={has(matches.found, listing.eventAt(row))}
            mark={marked.get(listing.eventAt(row))}
            timed={summary.from !== undefined}
            top={scroll.top(row)}
            onChoose={choose}
          />
        ))}
      </div>
    </div>
  );
}

const rowsFrom = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(to - from, 0) }, (_, at) => from + at);

function Head({ ref, timed }: { readonly ref: Ref<HTMLDivElement>; readonly timed: boolean }) {
  const titles = [...(timed ? ['time'] : []), 'lane', 'event', 'what it says'];
  return (
    <div role="rowgroup" className="sticky top-0 z-10">
      <div
        ref={ref}
        role="row"
        aria-rowindex={1}
        className={classes(
          'h-5.5 items-center border-b border-l-3 border-b-line border-l-transparent bg-raised px-1.5 text-2xs text-ink-3',
          eventColumns(timed),
        )}
      >
        {titles.map((title) => (
          <span
            key={title}
            role="columnheader"
            className={classes('truncate', title === 'time' && 'text-right')}
          >
            {title}
          </span>
        ))}
      </div>
    </div>
  );
}

/** The height of a row, which follows the size of the text. */
function useHeight(row: RefObject<HTMLDivElement | null>): number {
  const [height, setHeight] = useState(usualHeight);
  useLayoutEffect(() => {
    const element = row.current;
    if (!element) return undefined;
    const watcher = new ResizeObserver(() => setHeight(element.offsetHeight || usualHeight));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [row]);
  return height;
}

interface At {
  readonly chosen: number;
  /** The cursor is on a row of the list, not between two. */
  readonly isListed: boolean;
  readonly rows: number;
  readonly page: number;
}

/** Where a key leads in the list; undefined: it is none of the list's. */
function rowTowards(
  { key, shiftKey }: KeyboardEvent,
  { chosen, isListed, rows, page }: At,
): number | undefined {
  if (shiftKey || rows === 0) return undefined;
  const to = {
    ArrowDown: isListed ? chosen + 1 : chosen,
    ArrowUp: chosen - 1,
    PageDown: chosen + page,
    PageUp: chosen - page,
    Home: 0,
    End: rows - 1,
  }[key];
  return to === undefined ? undefined : Math.min(Math.max(to, 0), rows - 1);
}
