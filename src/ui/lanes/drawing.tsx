import type { Lane } from '#session/lanes.ts';
import { classes } from '../shared/classes.ts';
import { barHeight, lineHeight } from './lane-geometry.ts';
import { laneTones } from './lane-tones.ts';

/** The strokes that the sequence diagram is made of. */

interface BarProps {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly lane: Lane;
  /** It is not its own code, or not with its own registers, that runs: both hues. */
  readonly hatched?: boolean;
  readonly ahead: boolean;
  /** How much of it is filled. */
  readonly done?: number;
}

/** Draw who runs, as a bar in the lane: an outline where it lies ahead. */
export function Bar({ x, y, width, lane, hatched = false, ahead, done = 1 }: BarProps) {
  const tone = laneTones[lane];
  const inner = { x: x + 0.5, y: y + 0.5, width: Math.max(1, width - 1), height: barHeight - 1 };
  return (
    <>
      <rect
        {...inner}
        strokeDasharray={ahead ? '3 2' : undefined}
        className={classes(tone.stroke, ahead || done < 1 ? 'fill-panel' : tone.fill)}
      />
      {!ahead && done > 0 && done < 1 && <rect {...inner} width={inner.width * done} className={tone.fill} />}
      {hatched && !ahead && <rect {...inner} fill="url(#stray)" className={tone.stroke} />}
    </>
  );
}

/** Draw the pattern of a bar in which L2 runs as L1. Once on the page is enough, wherever it stands. */
export function StrayPattern() {
  return (
    <svg aria-hidden="true" width="0" height="0" className="absolute">
      <StrayDefinition />
    </svg>
  );
}

export function StrayDefinition() {
  return (
    <pattern id="stray" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="8" height="8" className="fill-l1" />
      <rect width="4" height="8" className="fill-l2" />
    </pattern>
  );
}

interface ConnectorProps {
  readonly x: number;
  readonly from: number;
  readonly to: number;
  readonly lane: Lane;
  readonly ahead: boolean;
}

/** Draw an arrow from lane to lane, in the hue of the lane that it leaves. */
export function Connector({ x, from, to, lane, ahead }: ConnectorProps) {
  const back = from < to ? -6 : 6;
  const tone = laneTones[lane];
  return (
    <>
      <path
        d={`M${x} ${from}V${to + back * 0.8}`}
        strokeWidth={1.25}
        strokeDasharray={ahead ? '3 2' : undefined}
        className={classes('fill-none', tone.stroke)}
      />
      <path
        d={`M${x} ${to}l-3 ${back}h6Z`}
        className={classes(tone.stroke, ahead ? 'fill-panel' : tone.fill)}
      />
    </>
  );
}

interface LinesProps {
  readonly lines: readonly string[];
  readonly x: number;
  readonly y: number;
  /** The last line stands at `y`, the others above it. */
  readonly up?: boolean;
  readonly anchor?: 'start' | 'end';
  readonly tone: string;
  /** Of the first line, where that is another. */
  readonly firstTone?: string | undefined;
  readonly bold?: boolean;
}

/** Write a few short lines. What is drawn below them stays readable through a rim of the ground. */
export function Lines({
  lines,
  x,
  y,
  up = false,
  anchor = 'start',
  tone,
  firstTone,
  bold = false,
}: LinesProps) {
  const first = up ? y - (lines.length - 1) * lineHeight : y;
  return lines.map((line, index) => (
    <text
      // Lines have no identity but their place.
      // oxlint-disable-next-line react/no-array-index-key
      key={index}
      x={x}
      y={first + index * lineHeight}
      fontSize={11}
      textAnchor={anchor}
      strokeWidth={4}
      paintOrder="stroke"
      className={classes(
        'stroke-panel font-mono',
        index === 0 && firstTone !== undefined ? firstTone : tone,
        bold && 'font-semibold',
      )}
    >
      {line}
    </text>
  ));
}

/** Draw the end of a VM. */
export function StopMark({
  x,
  y,
  ahead,
}: {
  readonly x: number;
  readonly y: number;
  readonly ahead: boolean;
}) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <path
        d="M-3 -7H3L7 -3V3L3 7H-3L-7 3V-3Z"
        strokeWidth={1.25}
        className={classes('stroke-danger', ahead ? 'fill-panel' : 'fill-danger')}
      />
      <path
        d="M-2.5 -2.5L2.5 2.5M2.5 -2.5L-2.5 2.5"
        strokeWidth={1.5}
        className={ahead ? 'stroke-danger' : 'stroke-panel'}
      />
    </g>
  );
}
