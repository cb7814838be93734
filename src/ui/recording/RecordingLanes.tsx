import { figure } from '#base/figures.ts';
import { eventWords } from '#trace/event-words.ts';
import type { EventRow, Lane } from '#trace/questions.ts';
import { Bar, Connector } from '../lanes/drawing.tsx';
import { barHeight, gutter, rem } from '../lanes/lane-geometry.ts';
import { laneTones } from '../lanes/lane-tones.ts';
import { classes } from '../shared/classes.ts';
import { PanelFrame } from '../shared/PanelFrame.tsx';
import { useRoving, type RovingItem, type Towards } from '../shared/useRoving.ts';
import { laneMarks } from './lane-marks.ts';
import { lanesShown } from './overview-paths.ts';
import { CursorPlace, RecordingScrubber, type RecordingScrubberProps } from './RecordingScrubber.tsx';

interface Props extends RecordingScrubberProps {
  /** Events around the cursor, of the shown vCPU, in their order. */
  readonly rows: readonly EventRow[];
  /** Who has the processor after the last of them. */
  readonly after: Lane;
}

/** How many events before the cursor, and as many after it, the lanes can use. */
export const lanesReach = 20;

const columnWidth = 22;
const rowHeight = 21;

/** Show who had the processor: in the whole recording, and event by event around the cursor. */
export function RecordingLanes({ rows, after, ...scrubber }: Props) {
  return (
    <PanelFrame title="Lanes" aside={<CursorPlace cursor={scrubber.cursor} events={scrubber.events} />}>
      <div className="flex h-full min-h-0 flex-col">
        <RecordingScrubber {...scrubber} />
        <LaneWindow rows={rows} after={after} cursor={scrubber.cursor} onCursor={scrubber.onCursor} />
      </div>
    </PanelFrame>
  );
}

interface WindowProps extends Pick<Props, 'rows' | 'after' | 'cursor' | 'onCursor'> {}

const alongEvents: Towards = (key, from, count) => {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[key];
  return by === undefined ? undefined : Math.max(0, Math.min(count - 1, from + by));
};

/** The events around the cursor, which stands in the middle. */
function LaneWindow({ rows, after, cursor, onCursor }: WindowProps) {
  const later = rows.findIndex(({ index }) => index >= cursor);
  const middle = later < 0 ? rows.length - 1 : later;
  const { group, item } = useRoving<HTMLOListElement>(rows.length, Math.max(0, middle), alongEvents);
  return (
    <div className="relative flex shrink-0 overflow-hidden" style={{ height: rem(height) }}>
      <WindowNames />
      <div className="relative min-w-0 flex-1 overflow-hidden">
        <div
          className="absolute top-0"
          style={{
            left: `calc(50% - ${rem((middle + 0.5) * columnWidth)})`,
            width: rem(rows.length * columnWidth),
            height: rem(height),
          }}
        >
          <WindowDrawing rows={rows} after={after} />
          <ol {...group} aria-label="Events around the cursor" className="absolute inset-0 flex">
            {rows.map((row, at) => (
              // A place beside the cursor: scrubbing changes what stands in it.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={at - middle} className="shrink-0" style={{ width: rem(columnWidth) }}>
                <EventButton
                  row={row}
                  chosen={row.index === cursor}
                  roving={item(at)}
                  onClick={() => onCursor(row.index)}
                />
              </li>
            ))}
          </ol>
        </div>
      </div>
    </div>
  );
}

interface ButtonProps {
  readonly row: EventRow;
  readonly chosen: boolean;
  readonly roving: RovingItem;
  readonly onClick: () => void;
}

function EventButton({ row, chosen, roving, onClick }: ButtonProps) {
  const name = nameOf(row);
  return (
    <button
      type="button"
      {...roving}
      aria-current={chosen || undefined}
      aria-label={name}
      title={name}
      onClick={onClick}
      className={classes(
        'block size-full cursor-pointer -outline-offset-2!',
        chosen
          ? 'shadow-[inset_1px_0_0_var(--line-strong),inset_-1px_0_0_var(--line-strong)]'
          : 'hover:shadow-[inset_0_0_0_1px_var(--line-strong)]',
      )}
    />
  );
}

const height = lanesShown.length * rowHeight;
const barTop = (lane: Lane): number => lanesShown.indexOf(lane) * rowHeight + (rowHeight - barHeight) / 2;

function nameOf({ index, event, lane }: EventRow): string {
  return `${figure(index + 1)}: ${event.name} ${eventWords(event)}, before it ${laneMarks[lane].name}`;
}

function WindowNames() {
  return (
    <div
      aria-hidden="true"
      className="z-10 shrink-0 border-r border-line bg-panel"
      style={{ width: rem(gutter) }}
    >
      {lanesShown.map((lane) => {
        const { name, hue } = laneMarks[lane];
        return (
          <p
            key={lane}
            className={classes(
              'flex items-center border-b border-line pl-2 text-2xs font-semibold',
              hue ? laneTones[hue].text : 'text-ink-3',
            )}
            style={{ height: rem(rowHeight) }}
          >
            {name}
          </p>
        );
      })}
    </div>
  );
}

/** Draw who had the processor before each event, and who took it over then. */
function WindowDrawing({ rows, after }: Pick<WindowProps, 'rows' | 'after'>) {
  const width = rows.length * columnWidth;
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${width} ${height}`}
      className="absolute inset-0 size-full overflow-visible"
    >
      <pattern id="untold" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" className="fill-panel" />
        <rect width="2" height="6" className="fill-ink-3" />
      </pattern>
      {lanesShown.map((lane, at) => (
        <path key={lane} d={`M0 ${(at + 1) * rowHeight - 0.5}H${width}`} className="stroke-line" />
      ))}
      {rows.map(({ lane }, at) => (
        // As above, so that drawings are changed, not made anew.
        // oxlint-disable-next-line react/no-array-index-key
        <Stretch key={at} x={at * columnWidth} lane={lane} next={rows[at + 1]?.lane ?? after} />
      ))}
    </svg>
  );
}

interface StretchProps {
  readonly x: number;
  readonly lane: Lane;
  /** Who has the processor after the event. */
  readonly next: Lane;
}

/** The time before an event, and the event at its end. */
function Stretch({ x, lane, next }: StretchProps) {
  const { hue } = laneMarks[lane];
  const [y, end] = [barTop(lane), x + columnWidth];
  const to = barTop(next);
  const down = to > y;
  return (
    <>
      {hue ? (
        <Bar x={x} y={y} width={columnWidth} lane={hue} ahead={false} />
      ) : (
        <rect
          x={x + 0.5}
          y={y + 0.5}
          width={columnWidth - 1}
          height={barHeight - 1}
          fill="url(#untold)"
          className="stroke-ink-3"
        />
      )}
      {hue && next !== lane && next !== 'unknown' && (
        <Connector
          x={end}
          from={y + barHeight / 2}
          to={down ? to : to + barHeight}
          lane={hue}
          ahead={false}
        />
      )}
      <path d={`M${end} ${y - 2}v${barHeight + 4}`} className="stroke-ink-2" />
    </>
  );
}
