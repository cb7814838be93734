import { lanesOf } from '#session/lanes.ts';
import { stepWords } from '#session/words.ts';
import { StrayDefinition } from '../lanes/drawing.tsx';
import { laneRows, rowsHeight } from '../lanes/lane-geometry.ts';
import { LanesDrawing, lanesWidth } from '../lanes/LanesDrawing.tsx';
import { positionOf } from '../lanes/position.ts';
import { PictureFrame } from './PictureFrame.tsx';
import type { Pictured } from './pictured.ts';

/** Wide enough for what the lanes say of an operation. */
const columnWidth = 160;
/** Narrower than this the words above a run would be wider than the run. */
const leastColumns = 3;

/** Draw the run on the focused kernel in lanes, as a picture. */
export function LanesPicture({ session, focused }: Pictured) {
  const steps = lanesOf(session, focused.kernel);
  const rows = laneRows(steps, false);
  const said = steps.map(
    ({ label, made }, index) => `${index + 1}: ${label}: ${made ? stepWords(made) : 'stands still'}`,
  );
  return (
    <PictureFrame
      title={session.program.title}
      about={`run on ${focused.kernel} · ${steps.length} operations${positionOf(session) < steps.length ? ', outlined: not done yet' : ''}`}
      description={said.join('. ')}
      width={lanesWidth(Math.max(leastColumns, steps.length), columnWidth)}
      height={rowsHeight(rows)}
    >
      <StrayDefinition />
      <LanesDrawing steps={steps} rows={rows} width={columnWidth} position={positionOf(session)} />
    </PictureFrame>
  );
}
