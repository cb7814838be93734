import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState, type RefObject } from 'react';

import {
  isExact,
  offsetAt,
  offsetFor,
  rowsSeen,
  scaleOf,
  scrollTopAt,
  within,
  type Scale,
} from './scroll-scale.ts';

/** Scroll a list of any length in an element, below a head as high as a row. */
export function useScaledScroll(ref: RefObject<HTMLDivElement | null>, rows: number, rowHeight: number) {
  const [height, setSeen] = useState(0);
  const [wanted, setOffset] = useState(0);
  /** Where the element was scrolled to from here: its own message about it says nothing new. */
  const placed = useRef(0);
  const view = Math.max(height - rowHeight, 0);
  const scale = scaleOf(rows, rowHeight, view);
  const offset = within(scale, wanted);

  const goTo = (to: number): void => {
    const next = within(scale, to);
    setOffset(next);
    placed.current = scrollTopAt(scale, next);
    if (ref.current) ref.current.scrollTop = placed.current;
  };
  const wheel = useEffectEvent((event: WheelEvent) => {
    if (isExact(scale) || event.deltaY === 0 || event.ctrlKey) return;
    event.preventDefault();
    goTo(offset + event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? rowHeight : 1));
  });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const watcher = new ResizeObserver(() => setSeen(element.clientHeight));
    watcher.observe(element);
    // A listener of React's could not keep the page from scrolling it too.
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      watcher.disconnect();
      element.removeEventListener('wheel', wheel);
    };
  }, [ref]);
  const onScroll = (): void => {
    const scrolled = ref.current?.scrollTop ?? 0;
    if (Math.abs(scrolled - placed.current) < 1) return;
    placed.current = scrolled;
    setOffset(offsetAt(scale, scrolled));
  };
  /** Where a row stands in the element, in pixels. */
  const top = (row: number): number => scrollTopAt(scale, offset) + row * rowHeight - offset;
  return { onScroll, offset, scale, seen: rowsSeen(scale, offset, rowHeight), goTo, view, top };
}

/** Bring a row into view whenever another one is chosen. */
export function useRowInView(
  { scale, offset, goTo, view }: { scale: Scale; offset: number; goTo: (to: number) => void; view: number },
  row: number | undefined,
  rowHeight: number,
): void {
  const show = useEffectEvent((chosen: number) => goTo(offsetFor(scale, offset, chosen, rowHeight)));
  useEffect(() => {
    if (row !== undefined && view > 0) show(row);
  }, [row, view]);
}
