import type { ChartMoves } from '#session/passages.ts';
import { ArrowLine } from './ArrowLine.tsx';
import type { PlacedRegion } from './geometry.ts';
import { dotRadius, dotReach, framePad, titleFont } from './layout/metrics.ts';
import type { Box, Point } from './layout/types.ts';

interface Props {
  readonly placed: PlacedRegion;
  /** Undefined: it is not known. */
  readonly current: string | undefined;
  readonly differs: boolean;
  readonly moves: ChartMoves;
}

/** Draw the frame of a region with its title, its arrows and the way into its initial state. */
export function RegionView({ placed, current, differs, moves }: Props) {
  const { region, frame, origin, layout } = placed;
  const initial = layout.states[region.initial];
  const warned = moves.warned.map((id) => `${id};`).join('');
  return (
    <g aria-hidden="true">
      <FrameBox
        name={region.name}
        frame={frame}
        inner={region.path.length > 1}
        differs={differs}
        unknown={current === undefined}
      />
      <g transform={`translate(${origin.join(' ')})`}>
        {initial && <InitialDot at={[initial.x - dotReach, initial.y + initial.height / 2]} />}
        {region.arrows.map((arrow) => {
          const own = layout.arrows[arrow.id];
          const ids = new Set(arrow.passages.map(({ id }) => id));
          const taken = moves.taken.filter(({ id }) => ids.has(id));
          return (
            own && (
              <ArrowLine
                key={arrow.id}
                arrow={arrow}
                layout={own}
                open={arrow.from === current}
                taken={taken.map(({ id }) => `${id};`).join('')}
                warned={taken.length > 0 ? warned : ''}
              />
            )
          );
        })}
      </g>
    </g>
  );
}

function InitialDot({ at: [x, y] }: { readonly at: Point }) {
  return (
    <>
      <circle cx={x} cy={y} r={dotRadius} className="fill-ink-3" />
      <path d={`M${x} ${y}h${dotReach - 4}`} className="fill-none stroke-ink-3" />
      <path d={`M${x + dotReach} ${y}l-4.5 -2.25v4.5Z`} className="fill-ink-3" />
    </>
  );
}

interface FrameProps {
  readonly name: string;
  readonly frame: Box;
  readonly inner?: boolean;
  readonly differs?: boolean;
  readonly unknown?: boolean;
}

/** Draw a titled frame; its title says if the shown kernels differ in it, or that nothing is known of it. */
export function FrameBox({ name, frame, inner = false, differs = false, unknown = false }: FrameProps) {
  return (
    <>
      <rect
        x={frame.x + 0.5}
        y={frame.y + 0.5}
        width={frame.width - 1}
        height={frame.height - 1}
        rx={3}
        className={`${inner ? 'fill-panel' : 'fill-none'} stroke-line`}
      />
      <text
        x={frame.x + framePad + 2}
        y={frame.y + 12}
        fontSize={titleFont}
        className="fill-ink-2 font-mono font-semibold"
      >
        {name}
      </text>
      {unknown && (
        <g transform={`translate(${frame.x + frame.width - 18} ${frame.y - 7.5})`}>
          <rect width={14} height={11} rx={2} strokeDasharray="2 2" className="fill-panel stroke-ink-3" />
          <text x={7} y={9.25} fontSize={10} textAnchor="middle" className="fill-ink font-semibold">
            ?
          </text>
        </g>
      )}
      {differs && (
        <g transform={`translate(${frame.x + frame.width - 18} ${frame.y - 7.5})`}>
          <rect width={14} height={11} rx={2} className="fill-part-ground stroke-ink-2" />
          <path d="M4 4h6M4 7h6M8.75 2L5.25 9" strokeWidth={1.1} className="fill-none stroke-ink" />
        </g>
      )}
    </>
  );
}
