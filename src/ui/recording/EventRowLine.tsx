import { memo } from 'react';

import { eventWords, timeText } from '#trace/event-words.ts';
import type { EventRow } from '#trace/questions.ts';
import { laneTones } from '../lanes/lane-tones.ts';
import { classes } from '../shared/classes.ts';
import { laneMarks } from './lane-marks.ts';
import { markSigns, type Mark } from './marks.ts';

interface Props {
  readonly id: string;
  /** Among the rows of the list, from 0. */
  readonly index: number;
  readonly row: EventRow | undefined;
  readonly chosen: boolean;
  readonly matches: boolean;
  /** What is pointed out here. */
  readonly mark: Mark | undefined;
  readonly timed: boolean;
  /** From the top of what is seen, in pixels. */
  readonly top: number;
  readonly onChoose: (index: number) => void;
}

/** Columns of the list: time, lane, name, words. */
export const eventColumns = (timed: boolean): string =>
  timed
    ? 'grid grid-cols-[5.5rem_1.5rem_minmax(0,min(9.5rem,32%))_minmax(0,1fr)] gap-x-1.5'
    : 'grid grid-cols-[1.5rem_minmax(0,min(9.5rem,40%))_minmax(0,1fr)] gap-x-1.5';

/** One event in the list. A match is marked by a bar, the chosen one by its ground and an outline. */
export const EventRowLine = memo(function EventRowLine(props: Props) {
  const { id, index, row, chosen, matches, mark, timed, top, onChoose } = props;
  const lane = laneMarks[row?.lane ?? 'unknown'];
  const words = row ? eventWords(row.event) : '';
  return (
    // The keys are the list's: it has the focus.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="row"
      id={id}
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={chosen}
      aria-busy={row === undefined || undefined}
      onClick={() => onChoose(index)}
      style={{ transform: `translateY(${top}px)` }}
      className={classes(
        'absolute inset-x-0 top-0 h-5.5 cursor-default items-center border-l-3 px-1.5 font-mono text-2xs whitespace-pre',
        eventColumns(timed),
        matches ? 'border-accent' : 'border-transparent',
        chosen
          ? 'bg-accent-ground outline -outline-offset-1 outline-accent'
          : mark
            ? 'bg-danger-ground'
            : matches
              ? 'bg-raised'
              : 'hover:bg-raised',
      )}
    >
      {timed && (
        <span role="gridcell" className="text-right text-ink-2 tabular-nums">
          {timeText(row?.event.time)}
        </span>
      )}
      <span
        role="gridcell"
        title={lane.name}
        className={classes('font-semibold', lane.hue ? laneTones[lane.hue].text : 'text-ink-3')}
      >
        {row && lane.short}
      </span>
      <span role="gridcell" title={mark?.words} className="truncate text-ink">
        {mark && (
          <span className="font-semibold text-danger">
            <span aria-hidden="true">{markSigns[mark.kind]} </span>
            <span className="sr-only">{mark.words}: </span>
          </span>
        )}
        {row?.event.name ?? '…'}
        {matches && <span className="sr-only"> matches</span>}
      </span>
      <span role="gridcell" className="truncate text-ink-2" title={words}>
        {words}
      </span>
    </div>
  );
});
