import { layout } from 'virtual:chart-layout';
import { useMemo } from 'react';

import { present } from '#base/assert.ts';
import { contextOf } from '#program/outcome.ts';
import type { View } from '#session/derive.ts';
import { stateIn, type ChartMoves } from '#session/passages.ts';
import { useRoving } from '../shared/useRoving.ts';
import { groupsOf, placedRegions } from './geometry.ts';
import type { Packing } from './layout/types.ts';
import { differingRegions, marksOf, shortKernels, stateName } from './marks.ts';
import { FrameBox, RegionView } from './RegionView.tsx';
import { StateBox, tagLine } from './StateBox.tsx';
import { toneOf } from './tones.ts';

/** A state of the chart. */
export interface StateRef {
  readonly region: string;
  readonly state: string;
}

export interface ChartDrawingProps {
  /** Where the regions lie. */
  readonly packing: Packing;
  readonly views: readonly View[];
  readonly focused: View;
  readonly moves: ChartMoves;
  readonly selected: StateRef | undefined;
  readonly onSelect: (state: StateRef) => void;
}

/** Draw what is inside the chart's SVG, in its own units. */
export function ChartDrawing({ packing, views, focused, moves, selected, onSelect }: ChartDrawingProps) {
  const placed = useMemo(() => placedRegions(layout, packing), [packing]);
  const differing = differingRegions(views);
  return (
    <>
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
    </>
  );
}

interface StatesProps extends Pick<
  ChartDrawingProps,
  'views' | 'focused' | 'moves' | 'selected' | 'onSelect'
> {
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
