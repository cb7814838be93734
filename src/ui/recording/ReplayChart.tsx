import { useMemo, useState } from 'react';

import type { EventRow, Told } from '#trace/questions.ts';
import { ChartCanvas } from '../chart/ChartCanvas.tsx';
import { isSame, type StateRef } from '../chart/ChartDrawing.tsx';
import { shownAsTold } from '../chart/shown.ts';
import { useZoom, type Zoom } from '../chart/useZoom.ts';
import { ZoomButtons } from '../chart/ZoomButtons.tsx';
import { PanelFrame } from '../shared/PanelFrame.tsx';
import { ReplayStrip } from './ReplayStrip.tsx';
import { ToldStateStrip } from './ToldStateStrip.tsx';

export interface ReplayChartProps {
  /** What the events of the vCPU tell, the one at the cursor included. */
  readonly told: Told;
  /** What the events before it told. */
  readonly before: Told;
  /** The event at the cursor; undefined while it is fetched. */
  readonly row: EventRow | undefined;
  /** The number of the vCPU that is shown, as events print it; undefined: none is known. */
  readonly vcpu: number | undefined;
}

/** Show the state machine of the vCPU as far as the recording tells, and what the event at the cursor told. */
export function ReplayChart({ told, before, row, vcpu }: ReplayChartProps) {
  const [selected, setSelected] = useState<StateRef>();
  const [box, zoom] = useZoom();
  const shown = useMemo(() => shownAsTold(told, before), [told, before]);
  const name = vcpu === undefined ? 'the vCPU' : `vCPU ${vcpu}`;
  return (
    <PanelFrame title="Chart" aside={<Aside name={name} zoom={zoom} />}>
      <div className="flex h-full flex-col">
        <ChartCanvas
          label={`States of ${name}, as far as the recording tells`}
          shown={shown}
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
            <ToldStateStrip selected={selected} told={told} onClose={() => setSelected(undefined)} />
          ) : (
            <ReplayStrip told={told} before={before} row={row} />
          )}
        </div>
      </div>
    </PanelFrame>
  );
}

function Aside({ name, zoom }: { readonly name: string; readonly zoom: Zoom }) {
  return (
    <div className="flex min-w-0 flex-1 items-center justify-end gap-2">
      <p className="flex h-4 min-w-0 flex-1 flex-wrap justify-end gap-x-3 overflow-hidden text-2xs whitespace-nowrap text-ink-3">
        <Sample className="fill-raised stroke-ink" mark="fill-ink">
          <span>
            told of <span className="font-mono text-ink">{name}</span>
          </span>
        </Sample>
        <Sample className="fill-panel stroke-ink-3" dashes="1.5 2.5">
          <span>
            unknown: the recording does not tell <span className="font-semibold text-ink">?</span>
          </span>
        </Sample>
      </p>
      <ZoomButtons zoom={zoom} />
    </div>
  );
}

interface SampleProps {
  readonly className: string;
  readonly dashes?: string;
  readonly mark?: string;
  readonly children: React.ReactNode;
}

/** A state as the drawing has it, with what that means. */
function Sample({ className, dashes, mark, children }: SampleProps) {
  return (
    <span className="flex items-center gap-1">
      <svg aria-hidden="true" width="20" height="10">
        <rect
          x="1"
          y="1"
          width="18"
          height="8"
          rx="2"
          strokeWidth="1.5"
          strokeDasharray={dashes}
          className={className}
        />
        {mark !== undefined && <circle cx="5.5" cy="5" r="2" className={mark} />}
      </svg>
      {children}
    </span>
  );
}
