import { memo } from 'react';

import type { Arrow } from '#session/chart-graph.ts';
import { guardText } from '#session/guard-words.ts';
import { classes } from '../shared/classes.ts';
import { arrowPath, headPath } from './geometry.ts';
import { labelFont, labelLine, labelText, textWidth, warnSign } from './layout/metrics.ts';
import type { ArrowLayout } from './layout/types.ts';
import { WarnSign } from './WarnSign.tsx';

interface Props {
  readonly arrow: Arrow;
  readonly layout: ArrowLayout;
  /** It leads out of the current state. */
  readonly open: boolean;
  /** Ids of its passages that were taken in this step, as one text. */
  readonly taken: string;
  /** WARNs that fired in this step, as one text. */
  readonly warned: string;
}

/** Draw the arrow between two states with its events beside it: heavy if it was taken in this step. */
export const ArrowLine = memo(function ArrowLine({ arrow, layout, open, taken, warned }: Props) {
  const isTaken = taken !== '';
  const head = isTaken ? 7 : 5.5;
  const colour = isTaken ? 'ink' : open ? 'ink-2' : 'line-strong';
  return (
    <g aria-hidden="true">
      <path
        d={arrowPath(layout.points, head - 1)}
        strokeWidth={isTaken ? 2.25 : 1}
        className={classes('fill-none', strokes[colour])}
      />
      <path d={headPath(layout.points, head)} className={fills[colour]} />
      {arrow.passages.map((passage, line) => (
        <Label
          key={passage.id}
          passage={passage}
          x={layout.label.x}
          y={layout.label.y + line * labelLine}
          width={layout.label.width}
          open={open}
          taken={taken.includes(`${passage.id};`)}
          broken={passage.warn !== undefined && warned.includes(`${passage.warn};`)}
          beforeArrow={layout.label.x + layout.label.width / 2 < middleOf(layout)}
        />
      ))}
    </g>
  );
});

const strokes = { ink: 'stroke-ink', 'ink-2': 'stroke-ink-2', 'line-strong': 'stroke-line-strong' } as const;
const fills = { ink: 'fill-ink', 'ink-2': 'fill-ink-2', 'line-strong': 'fill-line-strong' } as const;

const middleOf = ({ points }: ArrowLayout): number =>
  points.reduce((sum, [x]) => sum + x, 0) / Math.max(1, points.length);

interface LabelProps {
  readonly passage: Arrow['passages'][number];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly open: boolean;
  readonly taken: boolean;
  readonly broken: boolean;
  /** It stands left of its arrow, and so is set flush right. */
  readonly beforeArrow: boolean;
}

function Label({ passage, x, y, width, open, taken, broken, beforeArrow }: LabelProps) {
  const text = labelText(passage);
  const sign = passage.warn ? warnSign : 0;
  const own = textWidth(text, labelFont) + sign;
  const start = beforeArrow ? x + width - own - 1 : x + 2;
  const tone = broken ? 'fill-danger' : taken ? 'fill-ink' : open ? 'fill-ink-2' : 'fill-ink-3';
  return (
    <g>
      <title>{wordsOf(passage)}</title>
      {taken && (
        <rect
          x={start - 1.5}
          y={y}
          width={own + 2}
          height={labelLine}
          rx={2}
          className={broken ? 'fill-danger-ground stroke-danger' : 'fill-raised stroke-ink'}
        />
      )}
      {passage.warn && <WarnSign x={start} y={y + 2} broken={broken} />}
      <text
        x={start + sign}
        y={y + 10.25}
        fontSize={labelFont}
        className={classes('font-mono', tone, (taken || broken) && 'font-semibold')}
      >
        {text}
      </text>
    </g>
  );
}

function wordsOf({ event, guard, warn, from, to }: LabelProps['passage']): string {
  const way = from === to ? `${event} in ${from}: a WARN (${warn ?? ''})` : `${event}: ${from} → ${to}`;
  return guard === undefined ? way : `${way}; WARN (${warn ?? ''}) unless ${guardText(guard)}`;
}
