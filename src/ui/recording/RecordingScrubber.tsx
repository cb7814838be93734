import { figure } from '#base/figures.ts';
import { memo, type KeyboardEvent, type PointerEvent } from 'react';

import type { EventRow, Overview } from '#trace/questions.ts';
import { gutter, rem } from '../lanes/lane-geometry.ts';
import { laneTones } from '../lanes/lane-tones.ts';
import { laneMarks } from './lane-marks.ts';
import { apart, type Mark } from './marks.ts';
import { lanePath, lanesShown, placesPath } from './overview-paths.ts';
import { cursorAt, cursorBy, cursorWords } from './recording-position.ts';

export interface RecordingScrubberProps {
  /** Of the whole recording; undefined while it is counted. */
  readonly overview: Overview | undefined;
  /** How many events the recording has. */
  readonly events: number;
  readonly cursor: number;
  /** The event at the cursor; undefined while it is fetched. */
  readonly row: EventRow | undefined;
  readonly marks: readonly Mark[];
  readonly onCursor: (index: number) => void;
}

const laneHeight = 11;
const placesHeight = 10;
const places = [
  { kind: 'nested', name: 'L1 ↔ L2', fill: 'fill-ink-2' },
  { kind: 'efer', name: 'EFER', fill: 'fill-accent' },
  { kind: 'gaps', name: 'gaps', fill: 'fill-ink-3' },
] as const;
const drawn = laneHeight * lanesShown.length + placesHeight * places.length + 3;
const marksHeight = 11;
const height = drawn + marksHeight;

/** Move through the whole recording, over a picture of who had the processor in it. */
export function RecordingScrubber(props: RecordingScrubberProps) {
  const { overview, events, cursor, row, marks, onCursor } = props;
  const onKeyDown = (event: KeyboardEvent): void => {
    const to =
      event.ctrlKey || event.altKey || event.metaKey ? undefined : cursorBy(event.key, cursor, events);
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onCursor(to);
  };
  const onPointer = (event: PointerEvent<HTMLElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const { left, width } = event.currentTarget.getBoundingClientRect();
    onCursor(cursorAt((event.clientX - left) / width, events));
  };
  return (
    <div className="flex shrink-0 border-b border-line bg-panel py-1 pr-2">
      <Names />
      <div
        role="slider"
        tabIndex={0}
        aria-label="Position in the recording"
        aria-valuemin={1}
        aria-valuemax={events}
        aria-valuenow={cursor + 1}
        aria-valuetext={cursorWords(cursor, events, row)}
        title="Drag, or use the arrow keys; Page Up and Page Down move by a hundredth"
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          onPointer(event);
        }}
        onPointerMove={onPointer}
        className="relative min-w-0 flex-1 cursor-pointer touch-none border-x border-line select-none"
        style={{ height: rem(height) }}
      >
        {overview && <OverviewDrawing overview={overview} />}
        <Marks marks={marks} events={events} />
        <div
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-0 -ml-px w-0.5 bg-ink will-change-transform"
          style={{ left: `${((cursor + 0.5) / Math.max(1, events)) * 100}%` }}
        >
          <div className="absolute -top-1 -left-1 size-2.5 rotate-45 border border-panel bg-accent" />
        </div>
      </div>
    </div>
  );
}

/** Name the rows of the picture. */
function Names() {
  return (
    <div
      aria-hidden="true"
      className="shrink-0 pl-2 text-[0.5625rem] font-semibold"
      style={{ width: rem(gutter) }}
    >
      {lanesShown.map((lane) => {
        const { name, hue } = laneMarks[lane];
        return (
          <p
            key={lane}
            className={hue ? laneTones[hue].text : 'text-ink-3'}
            style={{ height: rem(laneHeight), lineHeight: rem(laneHeight) }}
          >
            {name}
          </p>
        );
      })}
      {places.map(({ kind, name }) => (
        <p
          key={kind}
          className="text-ink-3"
          style={{ height: rem(placesHeight), lineHeight: rem(placesHeight) }}
        >
          {name}
        </p>
      ))}
      <p className="text-danger" style={{ height: rem(marksHeight), lineHeight: rem(marksHeight) }}>
        marks
      </p>
    </div>
  );
}

/** The picture itself: drawn once for a recording, so that moving the cursor costs nothing of it. */
const OverviewDrawing = memo(function OverviewDrawing({ overview }: { readonly overview: Overview }) {
  const width = Math.max(1, overview.buckets.length);
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${width} ${drawn}`}
      preserveAspectRatio="none"
      className="absolute inset-x-0 top-0 w-full will-change-transform"
      style={{ height: rem(drawn) }}
    >
      {lanesShown.map((lane, index) => {
        const { hue } = laneMarks[lane];
        return (
          <path
            key={lane}
            d={lanePath(overview, lane)}
            transform={`translate(0 ${index * laneHeight}) scale(1 ${laneHeight - 1})`}
            className={hue ? laneTones[hue].fill : 'fill-line-strong'}
          />
        );
      })}
      {places.map(({ kind, fill }, index) => (
        <path
          key={kind}
          d={placesPath(overview, kind)}
          transform={`translate(0 ${laneHeight * lanesShown.length + 3 + index * placesHeight}) scale(1 ${placesHeight - 3})`}
          className={fill}
        />
      ))}
    </svg>
  );
});

/** Places along the picture at which marks are told apart. */
const markPlaces = 100;

/** What is pointed out: a finding as a triangle, an impossible step as a cross. */
const Marks = memo(function Marks({ marks, events }: Pick<RecordingScrubberProps, 'marks' | 'events'>) {
  return apart(marks, events, markPlaces).map(({ kind, from, words }) => (
    <svg
      key={`${kind} ${from}`}
      role="img"
      aria-label={words}
      width="10"
      height="9"
      className="absolute bottom-0 -ml-1.25 overflow-visible"
      style={{ left: `${((from + 0.5) / Math.max(1, events)) * 100}%` }}
    >
      <title>{words}</title>
      {kind === 'finding' ? (
        <path d="M5 0L10 9H0Z" className="fill-danger stroke-panel" />
      ) : (
        <path d="M2 1.5L8 7.5M8 1.5L2 7.5" strokeWidth="2" className="stroke-danger" />
      )}
    </svg>
  ));
});

/** How far the cursor is, for the title bar. */
export function CursorPlace({ cursor, events }: { readonly cursor: number; readonly events: number }) {
  return (
    <span className="shrink-0 text-2xs text-ink-3">
      event <span className="font-mono text-ink tabular-nums">{figure(cursor + 1)}</span> of {figure(events)}
    </span>
  );
}
