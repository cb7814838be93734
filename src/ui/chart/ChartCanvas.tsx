import { layout } from 'virtual:chart-layout';
import { useMemo, type RefObject } from 'react';

import { present } from '#base/assert.ts';
import { contextOf } from '#program/outcome.ts';
import type { View } from '#session/derive.ts';
import { stateIn, type ChartMoves } from '#session/passages.ts';
import { useRoving } from '../shared/useRoving.ts';
import { groupsOf, placedRegions, placing } from './geometry.ts';
import { differingRegions, marksOf, shortKernels, stateName } from './marks.ts';
import { FrameBox, RegionView } from './RegionView.tsx';
import { StateBox, tagLine } from './StateBox.tsx';
import { toneOf } from './tones.ts';
import type { Zoom } from './useZoom.ts';

/** A state of the chart. */
export interface StateRef {
  readonly region: string;
  readonly state: string;
}

interface Props {
  readonly views: readonly View[];
  readonly focused: View;
  readonly moves: ChartMoves;
  readonly box: RefObject<HTMLDivElement | null>;
  readonly zoom: Zoom;
  readonly selected: StateRef | undefined;
  readonly onSelect: (state: StateRef) => void;
}

const margin = 6;
/** Signs stand a little above the frames of the first row. */
const marginY = 8;

/** Draw the chart as big as its box allows, with the state of the focused kernel lit. One tab stop; up and down move. */
export function ChartCanvas({ views, focused, moves, selected, onSelect, box, zoom }: Props) {
  const { packing, scale: fitting } = useMemo(
    () => placing(layout, (zoom.width || 568) - 2 * margin, (zoom.height || 380) - 2 * marginY),
    [zoom.width, zoom.height],
  );
  const placed = useMemo(() => placedRegions(layout, packing), [packing]);
  const scale = Math.max(0.1, fitting) * zoom.zoom;
  const scrolls = zoom.zoom > 1 || packing.height * scale + 2 * marginY > zoom.height + 1;
  const differing = differingRegions(views);
  return (
    <div ref={box} className={`min-h-0 flex-1 ${scrolls ? 'overflow-auto' : 'overflow-hidden'}`}>
      <div
        className="flex min-h-full min-w-full items-center justify-center"
        style={{ width: 'max-content' }}
      >
        <svg
          role="group"
          aria-label={`States of the vCPU on ${focused.kernel}`}
          viewBox={`0 0 ${packing.width} ${packing.height}`}
          width={packing.width * scale}
          height={packing.height * scale}
          className="mx-1.5 my-2 block shrink-0 overflow-visible"
        >
          <g aria-hidden="true">
            {groupsOf(packing).map(([name, frame]) => (
              <FrameBox key={name} name={name} frame={frame} />
            ))}
          </g>
          {placed.map((one) => (
            <RegionView
              key={one.region.name}
              placed={one}
              current={stateIn(focused.snapshot, one.region.name)}
              differs={differing.has(one.region.name)}
              moves={moves}
            />
          ))}
          <States
            views={views}
            focused={focused}
            moves={moves}
            placed={placed}
            selected={selected}
            onSelect={onSelect}
          />
        </svg>
      </div>
    </div>
  );
}

interface StatesProps extends Pick<Props, 'views' | 'focused' | 'moves' | 'selected' | 'onSelect'> {
  readonly placed: ReturnType<typeof placedRegions>;
}

function States({ views, focused, moves, placed, selected, onSelect }: StatesProps) {
  const marks = marksOf(views, focused, moves);
  const short = shortKernels(views.map(({ kernel }) => kernel));
  const guest = contextOf(focused.snapshot);
  const boxes = placed.flatMap((one) =>
    one.region.states.map((state) => ({ one, state, key: `${one.region.name}.${state}` })),
  );
  const { group, item } = useRoving<SVGGElement>(boxes.length);
  return (
    <g {...group}>
      {boxes.map(({ one, state, key }, index) => {
        const mark = present(marks[key], key);
        const box = present(one.layout.states[state], key);
        return (
          <StateBox
            key={key}
            name={state}
            label={stateName(one.region.name, state, mark)}
            origin={one.origin}
            box={box}
            tone={toneOf(one.region.name, state, guest)}
            current={mark.current}
            left={mark.left}
            selected={selected?.region === one.region.name && selected.state === state}
            tags={
              mark.kernels.length === 0
                ? ''
                : tagLine(
                    mark.kernels.map((id) => short[id] ?? id),
                    views.length,
                    box.width,
                  )
            }
            ownTag={mark.kernels.includes(focused.kernel)}
            roving={item(index)}
            onSelect={() => onSelect({ region: one.region.name, state })}
          />
        );
      })}
    </g>
  );
}
