import type { LaneStep } from '#session/lanes.ts';
import { stepWords } from '#session/words.ts';
import { classes } from '../shared/classes.ts';
import { ColumnDrawing } from './ColumnDrawing.tsx';
import { gutter, lead, rowsHeight, type LaneRow } from './lane-geometry.ts';
import { laneNames, laneTones } from './lane-tones.ts';

interface Props {
  readonly label: string;
  readonly steps: readonly LaneStep[];
  readonly rows: readonly LaneRow[];
  readonly width: number;
  /** Columns before this one are drawn by the strip above. */
  readonly from?: number;
  /** How many operations are done, with the part of the one that the cursor is in. */
  readonly position: number;
  /** What to say of a column in which the kernels differ. */
  readonly differenceOf: (step: LaneStep) => string | undefined;
  readonly onMove: (node: number) => void;
}

/** Draw a run in lanes: one row for each party, one column for each operation. */
export function LaneStrip({ label, steps, rows, width, from = 0, position, differenceOf, onMove }: Props) {
  return (
    <div className="relative flex" style={{ height: rowsHeight(rows) }}>
      <LaneNames rows={rows} />
      <ol aria-label={label} className="relative flex" style={{ paddingLeft: lead }}>
        {from > 0 && (
          <li
            aria-hidden="true"
            className="shrink-0 border-r border-dashed border-line-strong"
            style={{ width: width * from }}
          />
        )}
        {steps.slice(from).map((step, index) => {
          const at = from + index;
          const isCurrent = position > at && position <= at + 1;
          const name = nameOf(step, at, differenceOf(step));
          return (
            <li key={step.node} className="shrink-0" style={{ width }}>
              <button
                type="button"
                tabIndex={-1}
                aria-current={isCurrent ? 'step' : undefined}
                aria-label={name}
                title={name}
                onClick={() => onMove(step.node)}
                className={classes(
                  'relative block cursor-pointer hover:bg-raised',
                  isCurrent && 'shadow-[inset_1px_0_0_var(--line-strong),inset_-1px_0_0_var(--line-strong)]',
                )}
              >
                <ColumnDrawing
                  step={step}
                  rows={rows}
                  width={width}
                  ahead={at >= position}
                  done={Math.min(1, Math.max(0, position - at))}
                />
              </button>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** Name the lanes, at the left edge of what is seen. */
function LaneNames({ rows }: { readonly rows: readonly LaneRow[] }) {
  return (
    <>
      <div aria-hidden="true" className="absolute inset-0">
        {rows.map(({ lane, top, height }) => (
          <div key={lane} className="absolute inset-x-0 border-b border-line" style={{ top, height }} />
        ))}
      </div>
      <div className="sticky left-0 z-10 shrink-0 border-r border-line bg-panel" style={{ width: gutter }}>
        {rows.map(({ lane, height }) => (
          <div
            key={lane}
            className="flex items-end border-b border-line pb-1 pl-2 text-2xs"
            style={{ height }}
          >
            <span className={classes('font-semibold', laneTones[lane].text)}>{laneNames[lane]}</span>
          </div>
        ))}
      </div>
    </>
  );
}

function nameOf(step: LaneStep, at: number, difference: string | undefined): string {
  const words = step.made
    ? `${step.label} by ${step.made.step.actor}${step.made.step.exit === null ? '' : `, exit ${step.made.step.exit}`}: ${stepWords(step.made)}`
    : `stands still: ${step.label}`;
  return `${at + 1}: ${words}${difference === undefined ? '' : `. Kernels differ: ${difference}`}`;
}
