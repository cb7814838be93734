import { useRef, type KeyboardEvent, type PointerEvent } from 'react';

import { classes } from '../shared/classes.ts';
import { gutter, lead, rem } from './lane-geometry.ts';

interface Props {
  readonly count: number;
  /** How many operations are done, with the part of the one that the cursor is in. */
  readonly position: number;
  readonly words: string;
  readonly width: number;
  /** What the kernels differ in, by column. */
  readonly differences: readonly (string | undefined)[];
  readonly onPosition: (position: number) => void;
  readonly onKey: (move: ScrubberMove) => void;
}

export type ScrubberMove = 'back' | 'forward' | 'micro-back' | 'micro-forward' | 'start' | 'end';

const keys: Readonly<Record<string, ScrubberMove>> = {
  ArrowLeft: 'back',
  ArrowDown: 'back',
  ArrowRight: 'forward',
  ArrowUp: 'forward',
  'Shift+ArrowLeft': 'micro-back',
  'Shift+ArrowRight': 'micro-forward',
  PageDown: 'micro-back',
  PageUp: 'micro-forward',
  Home: 'start',
  End: 'end',
};

/** Move through the run: operation by operation, and within one by the nodes of KVM code that it ran. */
export function Scrubber({ count, position, words, width, differences, onPosition, onKey }: Props) {
  const track = useRef<HTMLDivElement>(null);
  const isAtEnd = position >= count;

  const onKeyDown = (event: KeyboardEvent): void => {
    const move = keys[event.shiftKey ? `Shift+${event.key}` : event.key];
    // At the end the key is the page's again: it executes what comes next.
    if (move === undefined || (isAtEnd && move.endsWith('forward'))) return;
    event.preventDefault();
    event.stopPropagation();
    onKey(move);
  };
  const onPointer = (event: PointerEvent<HTMLElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = track.current?.getBoundingClientRect();
    if (!box) return;
    const part = (event.clientX - box.left) / box.width;
    onPosition(count * Math.min(1, Math.max(0, part)));
  };
  return (
    <div className="sticky top-0 z-20 flex h-6 border-b border-line bg-panel">
      <div
        className="sticky left-0 z-10 shrink-0 border-r border-line bg-panel pl-2 text-2xs leading-6 text-ink-3"
        style={{ width: rem(gutter) }}
      >
        step
      </div>
      <div
        role="slider"
        tabIndex={0}
        aria-label="Position in the run"
        aria-valuemin={0}
        aria-valuemax={count}
        aria-valuenow={Math.ceil(position)}
        aria-valuetext={words}
        title="Drag, or use the arrow keys; with Shift node by node of KVM code"
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          onPointer(event);
        }}
        onPointerMove={onPointer}
        className="relative shrink-0 cursor-pointer touch-none select-none"
        style={{ width: rem(lead + width * count + 8) }}
      >
        <div
          ref={track}
          className="absolute top-0 h-full"
          style={{ left: rem(lead), width: rem(width * count) }}
        >
          {differences.map((difference, index) => (
            // Columns have no identity but their place.
            // oxlint-disable-next-line react/no-array-index-key
            <Tick key={index} index={index} width={width} difference={difference} done={position > index} />
          ))}
          <Handle at={rem(position * width)} />
        </div>
      </div>
    </div>
  );
}

/** Where the cursor stands, and the way to there. */
function Handle({ at }: { readonly at: string }) {
  return (
    <>
      <div className="absolute bottom-0 left-0 h-0.5 bg-ink-2" style={{ width: at }} />
      <svg
        aria-hidden="true"
        width="11"
        height="11"
        className="absolute bottom-0 overflow-visible"
        style={{ left: `calc(${at} - 5.5px)` }}
      >
        <path d="M0.5 0.5H10.5V6L5.5 10.5L0.5 6Z" className="fill-accent stroke-panel" />
      </svg>
    </>
  );
}

interface TickProps {
  readonly index: number;
  readonly width: number;
  readonly difference: string | undefined;
  readonly done: boolean;
}

function Tick({ index, width, difference, done }: TickProps) {
  return (
    <div
      className="absolute inset-y-0 flex items-center gap-1.5 border-r border-line pl-1.5 text-2xs"
      style={{ left: rem(index * width), width: rem(width) }}
    >
      <span className={classes('font-mono', done ? 'font-semibold text-ink' : 'text-ink-3')}>
        {index + 1}
      </span>
      {difference !== undefined && (
        <span
          title={difference}
          className="rounded-xs border border-ink-2 bg-part-ground px-1 leading-3.5 text-ink"
        >
          ≠
        </span>
      )}
    </div>
  );
}
