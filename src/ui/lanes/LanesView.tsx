import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';

import { isCalm, textScale } from '#browser/appearance.ts';
import { commonOperations, type Branch } from '#session/branch-list.ts';
import { differenceAt } from '#session/lane-marks.ts';
import { lanesOf, type LaneStep } from '#session/lanes.ts';
import { moveTo, type Session } from '#session/session.ts';
import type { Dispatch } from '../panels.ts';
import { StrayPattern } from './drawing.tsx';
import { columnWidth, gutter, laneRows, lead } from './lane-geometry.ts';
import { LaneStrip } from './LaneStrip.tsx';
import { moveBy, moveToPosition, positionOf, positionWords } from './position.ts';
import { Scrubber } from './Scrubber.tsx';

interface Props {
  readonly session: Session;
  readonly kernel: string;
  readonly dispatch: Dispatch;
  /** The branch that is shown below, from where it parts. */
  readonly other: Branch | undefined;
  /** Go over to a node of it. */
  readonly onOther: (node: number) => void;
}

/** Draw the run and the way that is compared with it, one below the other, along one scrubber. */
export function LanesView({ session, kernel, dispatch, other, onOther }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const scale = useSyncExternalStore(textScale.subscribe, textScale.get);
  const room = useRoom(scroller) / scale;
  const steps = lanesOf(session, kernel);
  const others = other ? lanesOf({ ...session, cursor: { node: other.end } }, kernel) : [];
  const rows = laneRows([...steps, ...others], other !== undefined);
  const position = positionOf(session);
  const width = columnWidth(room, Math.max(steps.length, others.length));
  const shared = other ? commonOperations(session, steps.at(-1)?.node ?? 0, other.end) : 0;
  const differenceOf = ({ node }: LaneStep): string | undefined => differenceAt(session, node);
  useFollow(scroller, width, scale, Math.ceil(position));
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-auto overscroll-x-contain">
      <StrayPattern />
      <div className="relative w-max min-w-full">
        <Scrubber
          count={steps.length}
          position={position}
          words={positionWords(
            session,
            steps.map(({ label }) => label),
          )}
          width={width}
          differences={steps.map(differenceOf)}
          onPosition={(at) => dispatch((now) => moveToPosition(now, at))}
          onKey={(move) => dispatch((now) => moveBy(now, move))}
        />
        <LaneStrip
          label="Operations"
          steps={steps}
          rows={rows}
          width={width}
          position={position}
          differenceOf={differenceOf}
          onMove={(node) => dispatch((now) => moveTo(now, { node }))}
        />
        {other && (
          <>
            <ComparedTitle label={other.label} shared={shared} />
            <LaneStrip
              label={`Operations of ${other.label}`}
              steps={others}
              rows={rows}
              width={width}
              from={shared}
              position={others.length}
              differenceOf={differenceOf}
              onMove={onOther}
            />
          </>
        )}
      </div>
    </div>
  );
}

function ComparedTitle({ label, shared }: { readonly label: string; readonly shared: number }) {
  return (
    <div className="border-y border-line bg-raised">
      <p className="sticky left-0 w-max px-2 text-2xs leading-5 text-ink-2">
        <span className="font-mono font-semibold text-ink">{label}</span>: {sharedWords(shared)}
      </p>
    </div>
  );
}

function sharedWords(shared: number): string {
  if (shared === 0) return 'another way from the start on';
  return `the same up to operation ${shared}, then another way`;
}

/** The width of an element, whenever it changes. */
function useRoom(element: React.RefObject<HTMLElement | null>): number {
  const [room, setRoom] = useState(0);
  useLayoutEffect(() => {
    const box = element.current;
    if (!box) return undefined;
    const measure = (): void => setRoom(box.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [element]);
  return room;
}

/** Follow the cursor: scroll no further than needed to see the current column whole. */
function useFollow(
  element: React.RefObject<HTMLElement | null>,
  width: number,
  scale: number,
  column: number,
): void {
  useEffect(() => {
    const box = element.current;
    if (!box) return;
    const left = column < 2 ? 0 : ((column - 1) * width + lead) * scale;
    const right = (column * width + gutter + lead + 8) * scale;
    const to =
      box.scrollLeft > left
        ? left
        : box.scrollLeft < right - box.clientWidth
          ? right - box.clientWidth
          : undefined;
    if (to === undefined) return;
    box.scrollTo({ left: Math.max(0, to), behavior: isCalm() ? 'instant' : 'smooth' });
  }, [element, width, scale, column]);
}
