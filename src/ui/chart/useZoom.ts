import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Zoom of a drawing within a box that scrolls. The drawing fits the box at 1; only the visitor changes it. */
export interface Zoom {
  readonly width: number;
  readonly height: number;
  readonly zoom: number;
  readonly by: (factor: number) => void;
  readonly reset: () => void;
}

const limit = 5;

/** A point of the drawing, as a part of its size, that stays where it is in the box. */
interface Anchor {
  readonly part: readonly [number, number];
  readonly at: readonly [number, number];
}

function anchorAt(box: HTMLElement, x: number, y: number): Anchor {
  return {
    part: [(box.scrollLeft + x) / box.scrollWidth, (box.scrollTop + y) / box.scrollHeight],
    at: [x, y],
  };
}

/** Measure the box to which the ref is attached, and zoom what is in it with buttons and Ctrl+wheel. */
export function useZoom(): readonly [box: RefObject<HTMLDivElement | null>, zoom: Zoom] {
  const box = useRef<HTMLDivElement>(null);
  const [{ width, height }, setSize] = useState({ width: 0, height: 0 });
  const [{ zoom, anchor }, setZoom] = useState<{
    readonly zoom: number;
    readonly anchor?: Anchor | undefined;
  }>({ zoom: 1 });

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    // Sizes without scroll bars: those come and go with the zoom.
    const measure = (): void => setSize({ width: element.offsetWidth, height: element.offsetHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element || !anchor) return;
    const [[left, top], [x, y]] = [anchor.part, anchor.at];
    element.scrollTo(left * element.scrollWidth - x, top * element.scrollHeight - y);
  }, [anchor]);

  const zoomAround = (factor: number, x: number, y: number): void => {
    const kept = box.current ? anchorAt(box.current, x, y) : undefined;
    setZoom((now) => ({ zoom: Math.min(limit, Math.max(1, now.zoom * factor)), anchor: kept }));
  };

  const onWheel = useEffectEvent((event: WheelEvent): void => {
    if (!event.ctrlKey || !box.current) return;
    // The page itself must not zoom.
    event.preventDefault();
    const { left, top } = box.current.getBoundingClientRect();
    zoomAround(Math.exp(-event.deltaY / 400), event.clientX - left, event.clientY - top);
  });
  useEffect(() => {
    const element = box.current;
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, []);

  return [
    box,
    {
      width,
      height,
      zoom,
      by: (factor) => zoomAround(factor, width / 2, height / 2),
      reset: () => setZoom({ zoom: 1 }),
    },
  ];
}
