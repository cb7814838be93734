import { useState } from 'react';

import { present } from '#base/assert.ts';
import type { Goal } from '#explore/reachable.ts';
import { chartMoves } from '#session/passages.ts';
import type { PanelProps } from '../panels.ts';
import { PanelFrame } from '../shared/PanelFrame.tsx';
import { ChartCanvas } from './ChartCanvas.tsx';
import { isSame, type StateRef } from './ChartDrawing.tsx';
import { shownOnKernels } from './shown.ts';
import { StepStrip } from './StepStrip.tsx';
import { StateStrip } from './StateStrip.tsx';
import { useZoom, type Zoom } from './useZoom.ts';
import { ZoomButtons } from './ZoomButtons.tsx';

export interface ChartProps extends PanelProps {
  /** The visitor asks for the way to a state; absent: it cannot be sought here. */
  readonly onHowTo?: (goal: Goal) => void;
}

/** Show the state machine of the vCPU: where the focused kernel has it, and what the last step did. */
export function ChartPanel({ session, views, focus, onHowTo }: ChartProps) {
  const [selected, setSelected] = useState<StateRef>();
  const focused = present(views[focus] ?? views[0], 'a kernel');
  const moves = chartMoves(session, focused);
  const [box, zoom] = useZoom();
  const goTo = (state: StateRef): void => {
    setSelected(state);
    box.current?.querySelector<SVGGElement>(`[data-state="${state.region}.${state.state}"]`)?.focus();
  };
  return (
    <PanelFrame title="Chart" aside={<Aside kernel={focused.kernel} zoom={zoom} />}>
      <div className="flex h-full flex-col">
        <ChartCanvas
          label={`States of the vCPU on ${focused.kernel}`}
          shown={shownOnKernels(views, focused, moves)}
          selected={selected}
          onSelect={(state) => setSelected(isSame(selected, state) ? undefined : state)}
          box={box}
          zoom={zoom}
        />
        <div
          role="group"
          aria-label="About the chart"
          // Text that scrolls must be reachable; a chosen state has a button in it.
          tabIndex={selected ? undefined : 0}
          className="h-19 shrink-0 overflow-y-auto border-t border-line bg-raised px-2 py-1.5 text-2xs"
        >
          {selected ? (
            <StateStrip
              selected={selected}
              focused={focused}
              views={views}
              onHowTo={onHowTo && (() => onHowTo(selected as Goal))}
              onGo={goTo}
              onClose={() => setSelected(undefined)}
            />
          ) : (
            <StepStrip focused={focused} moves={moves} />
          )}
        </div>
      </div>
    </PanelFrame>
  );
}

function Aside({ kernel, zoom }: { readonly kernel: string; readonly zoom: Zoom }) {
  return (
    <div className="flex min-w-0 flex-1 items-center justify-end gap-2">
      <Legend kernel={kernel} />
      <ZoomButtons zoom={zoom} />
    </div>
  );
}

function Legend({ kernel }: { readonly kernel: string }) {
  return (
    // What does not fit goes into a second line, which is not seen.
    <p className="flex h-4 min-w-0 flex-1 flex-wrap justify-end gap-x-3 overflow-hidden text-2xs whitespace-nowrap text-ink-3">
      <span className="flex items-center gap-1">
        <svg aria-hidden="true" width="20" height="10">
          <rect
            x="1"
            y="1"
            width="18"
            height="8"
            rx="2"
            strokeWidth="1.5"
            className="fill-raised stroke-ink"
          />
          <circle cx="5.5" cy="5" r="2" className="fill-ink" />
        </svg>
        now on <span className="font-mono text-ink">{kernel}</span>
      </span>
      <span className="flex items-center gap-1">
        <svg aria-hidden="true" width="20" height="10">
          <rect
            x="1"
            y="1"
            width="18"
            height="8"
            rx="2"
            strokeWidth="1.25"
            strokeDasharray="3 2"
            className="fill-none stroke-ink-2"
          />
        </svg>
        left in this step
      </span>
      <span className="flex items-center gap-1">
        <svg aria-hidden="true" width="20" height="10">
          <path d="M0 5h14" strokeWidth="2.25" className="stroke-ink" />
          <path d="M20 5l-7 -3.25v6.5Z" className="fill-ink" />
        </svg>
        taken
      </span>
    </p>
  );
}
