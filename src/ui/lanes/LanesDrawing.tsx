import type { LaneStep } from '#session/lanes.ts';
import { ColumnDrawing } from './ColumnDrawing.tsx';
import { gutter, lead, rowsHeight, type LaneRow } from './lane-geometry.ts';
import { laneNames, laneTones } from './lane-tones.ts';

interface Props {
  readonly steps: readonly LaneStep[];
  readonly rows: readonly LaneRow[];
  readonly width: number;
  /** How many of the operations are done, with the part of the one that the cursor is in. */
  readonly position: number;
}

export const lanesWidth = (columns: number, width: number): number => gutter + lead + columns * width;

/** Draw a run in lanes as one picture: what the strip shows, without what can be done in it. */
export function LanesDrawing({ steps, rows, width, position }: Props) {
  const right = lanesWidth(steps.length, width);
  return (
    <>
      {rows.map(({ lane, top, height }) => (
        <g key={lane}>
          <path d={`M0 ${top + height - 0.5}H${right}`} className="stroke-line" />
          <text
            x={8}
            y={top + height - 8}
            fontSize={11}
            className={`font-sans font-semibold ${laneTones[lane].fill}`}
          >
            {laneNames[lane]}
          </text>
        </g>
      ))}
      <path d={`M${gutter - 0.5} 0V${rowsHeight(rows)}`} className="stroke-line" />
      {steps.map((step, at) => (
        <g key={step.node} transform={`translate(${gutter + lead + at * width} 0)`}>
          {position > at && position <= at + 1 && (
            <path
              d={`M0.5 0V${rowsHeight(rows)}M${width - 0.5} 0V${rowsHeight(rows)}`}
              className="stroke-line-strong"
            />
          )}
          <ColumnDrawing
            step={step}
            rows={rows}
            width={width}
            ahead={at >= position}
            done={Math.min(1, Math.max(0, position - at))}
          />
        </g>
      ))}
    </>
  );
}
