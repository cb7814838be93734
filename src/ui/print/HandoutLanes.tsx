import { lanesOf } from '#session/lanes.ts';
import { StrayPattern } from '../lanes/drawing.tsx';
import { laneRows, rowsHeight } from '../lanes/lane-geometry.ts';
import { LanesDrawing, lanesWidth } from '../lanes/LanesDrawing.tsx';
import { positionOf } from '../lanes/position.ts';
import type { Pictured } from '../pictures/pictured.ts';

/** Operations beside each other on paper. */
const columns = 4;
const columnWidth = 148;

/** The run in lanes, in as many strips as it takes. */
export function HandoutLanes({ session, focused }: Pick<Pictured, 'session' | 'focused'>) {
  const steps = lanesOf(session, focused.kernel);
  const rows = laneRows(steps, false);
  const width = lanesWidth(columns, columnWidth) + 1;
  const strips = Array.from({ length: Math.ceil(steps.length / columns) }, (_, index) => index * columns);
  if (steps.length === 0) return <p className="text-ink-2">Nothing executed yet.</p>;
  return (
    <>
      <StrayPattern />
      {strips.map((from) => (
        <svg
          key={from}
          viewBox={`0 0 ${width} ${rowsHeight(rows)}`}
          className="mb-2 w-full break-inside-avoid"
        >
          <LanesDrawing
            steps={steps.slice(from, from + columns)}
            rows={rows}
            width={columnWidth}
            position={positionOf(session) - from}
          />
        </svg>
      ))}
      {positionOf(session) < steps.length && <p className="text-2xs text-ink-2">Outlined: not done yet.</p>}
    </>
  );
}
