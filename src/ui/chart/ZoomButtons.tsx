import { Button } from '../shared/Button.tsx';
import type { Zoom } from './useZoom.ts';

interface Props {
  readonly zoom: Zoom;
}

const step = 1.3;

/** Zoom the chart and fit it again. */
export function ZoomButtons({ zoom }: Props) {
  return (
    <div role="group" aria-label="Zoom of the chart" className="-mr-1 flex shrink-0 items-center">
      <Button
        tone="quiet"
        label="Zoom out"
        off={zoom.zoom <= 1}
        onClick={() => zoom.by(1 / step)}
        className="h-5! px-1.5!"
      >
        −
      </Button>
      <Button
        tone="quiet"
        label={`Fit the chart, now ${Math.round(zoom.zoom * 100)} %`}
        title="Fit. Ctrl+wheel zooms."
        off={zoom.zoom === 1}
        onClick={zoom.reset}
        className="h-5! px-1! font-mono text-2xs!"
      >
        {Math.round(zoom.zoom * 100)}%
      </Button>
      <Button tone="quiet" label="Zoom in" onClick={() => zoom.by(step)} className="h-5! px-1.5!">
        +
      </Button>
    </div>
  );
}
