import type { LaneStep } from '#session/lanes.ts';
import { stepWords } from '#session/words.ts';
import { classes } from '../shared/classes.ts';
import { useRoving, type Towards } from '../shared/useRoving.ts';
import { ColumnDrawing } from './ColumnDrawing.tsx';
import { gutter, lead, rem, rowsHeight, type LaneRow } from './lane-geometry.ts';
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

/** Along the operations by left and right. After the last one the key is the page's: it executes what comes next. */
const alongSteps: Towards = (key, from, count) => {
  if (key === 'ArrowLeft') return Math.max(0, from - 1);
  return key === 'ArrowRight' && from < count - 1 ? from + 1 : undefined;
};

/** Draw a run in lanes: one row for each party, one column for each operation. */
export function LaneStrip({ label, steps, rows, width, from = 0, position, differenceOf, onMove }: Props) {
  const shown = steps.slice(from);
  const current = shown.findIndex((_, index) => position > from + index && position <= from + index + 1);
  const { group, item } = useRoving<HTMLOListElement>(shown.length, Math.max(0, current), alongSteps);
  return (
    <div className="relative flex" style={{ height: rem(rowsHeight(rows)) }}>
      <LaneNames rows={rows} />
      <ol {...group} aria-label={label} className="relative flex" style={{ paddingLeft: rem(lead) }}>
        {from > 0 && (
          <li
            aria-hidden="true"
            className="shrink-0 border-r border-dashed border-line-strong"
            style={{ width: rem(width * from) }}
          />
        )}
        {shown.map((step, index) => {
          const at = from + index;
          const isCurrent = index === current;
          const name = nameOf(step, at, differenceOf(step));
          return (
            <li key={step.node} className="shrink-0" style={{ width: rem(width) }}>
              <button
                type="button"
                {...item(index)}
                aria-current={isCurrent ? 'step' : undefined}
                aria-label={name}
                title={name}
                onClick={() => onMove(step.node)}
                className={classes(
                  'relative block cursor-pointer -outline-offset-2! hover:bg-raised',
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
          <div
            key={lane}
            className="absolute inset-x-0 border-b border-line"
            style={{ top: rem(top), height: rem(height) }}
          />
        ))}
      </div>
      <div
        className="sticky left-0 z-10 shrink-0 border-r border-line bg-panel"
        style={{ width: rem(gutter) }}
      >
        {rows.map(({ lane, height }) => (
          <div
            key={lane}
            className="flex items-end border-b border-line pb-1 pl-2 text-2xs"
            style={{ height: rem(height) }}
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
