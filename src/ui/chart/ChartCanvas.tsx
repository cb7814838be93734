import { layout } from 'virtual:chart-layout';
import { useMemo, useSyncExternalStore, type RefObject } from 'react';

import { textScale } from '#browser/appearance.ts';
import { ChartDrawing, type ChartDrawingProps } from './ChartDrawing.tsx';
import { placing } from './geometry.ts';
import type { Zoom } from './useZoom.ts';

interface Props extends Omit<ChartDrawingProps, 'packing'> {
  readonly label: string;
  readonly box: RefObject<HTMLDivElement | null>;
  readonly zoom: Zoom;
}

const margin = 6;
/** Signs stand a little above the frames of the first row. */
const marginY = 8;

/** Draw the chart as big as its box allows, with the states lit that it is in. One tab stop; arrow keys move. */
export function ChartCanvas({ label, shown, selected, onSelect, box, zoom }: Props) {
  const text = useSyncExternalStore(textScale.subscribe, textScale.get);
  const { packing, scale: fitting } = useMemo(
    () => placing(layout, (zoom.width || 568) - 2 * margin, (zoom.height || 380) - 2 * marginY, text),
    [zoom.width, zoom.height, text],
  );
  const scale = Math.max(0.1, fitting) * zoom.zoom;
  const scrolls = zoom.zoom > 1 || packing.height * scale + 2 * marginY > zoom.height + 1;
  return (
    <div ref={box} className={`min-h-0 flex-1 ${scrolls ? 'overflow-auto' : 'overflow-hidden'}`}>
      <div
        className="flex min-h-full min-w-full items-center justify-center"
        style={{ width: 'max-content' }}
      >
        <svg
          role="group"
          aria-label={label}
          viewBox={`0 0 ${packing.width} ${packing.height}`}
          width={packing.width * scale}
          height={packing.height * scale}
          className="mx-1.5 my-2 block shrink-0 overflow-visible"
        >
          <ChartDrawing packing={packing} shown={shown} selected={selected} onSelect={onSelect} />
        </svg>
      </div>
    </div>
  );
}
