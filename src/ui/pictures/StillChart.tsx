import { chartMoves } from '#session/passages.ts';
import { ChartDrawing } from '../chart/ChartDrawing.tsx';
import type { Packing } from '../chart/layout/types.ts';
import { shownOnKernels } from '../chart/shown.ts';
import type { Pictured } from './pictured.ts';

interface Props extends Pictured {
  readonly packing: Packing;
}

/** The inside of the chart's drawing where nothing can be chosen in it. */
export function StillChart({ packing, session, views, focused }: Props) {
  return (
    <ChartDrawing
      packing={packing}
      shown={shownOnKernels(views, focused, chartMoves(session, focused))}
      selected={undefined}
      onSelect={() => undefined}
    />
  );
}
