import { layout } from 'virtual:chart-layout';

import { placing } from '../chart/geometry.ts';
import type { Pictured } from '../pictures/pictured.ts';
import { StillChart } from '../pictures/StillChart.tsx';

/** What a page of A4 or Letter has room for between its margins, in pixels. */
const { packing } = placing(layout, 680, 420);

/** The chart as wide as the paper. */
export function HandoutChart({ session, views, focused }: Pictured) {
  return (
    <>
      <svg viewBox={`0 -8 ${packing.width} ${packing.height + 8}`} className="w-full">
        <StillChart {...{ packing, session, views, focused }} />
      </svg>
      <p className="mt-1 text-2xs text-ink-2">
        Filled: the states now. Dashed: left in this step. Heavy: taken in it. A triangle is a WARN of the
        kernel.
      </p>
    </>
  );
}
