import { layout } from 'virtual:chart-layout';

import { chartRegions } from '#session/chart-graph.ts';
import { stateIn } from '#session/passages.ts';
import { summaryOf } from '#session/summary.ts';
import { placing } from '../chart/geometry.ts';
import { PictureFrame } from './PictureFrame.tsx';
import type { Pictured } from './pictured.ts';
import { StillChart } from './StillChart.tsx';

/** As wide as a slide or a page has it. */
const { packing } = placing(layout, 820, 460);

/** Draw the chart of the focused kernel as a picture. */
export function ChartPicture({ session, views, focused }: Pictured) {
  const states = chartRegions.map(({ name }) => `${name} ${stateIn(focused.snapshot, name)}`);
  return (
    <PictureFrame
      title={`${summaryOf(session, views).title}, on ${focused.kernel}`}
      about={`${session.program.title} · filled: now, dashed: left in this step, heavy: taken`}
      description={`States of the vCPU on ${focused.kernel}: ${states.join(', ')}.`}
      width={packing.width}
      height={packing.height}
    >
      <StillChart {...{ packing, session, views, focused }} />
    </PictureFrame>
  );
}
