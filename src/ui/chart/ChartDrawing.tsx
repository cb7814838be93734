import { layout } from 'virtual:chart-layout';
import { useMemo } from 'react';

import { present } from '#base/assert.ts';
import { contextOf } from '#program/outcome.ts';
import type { View } from '#session/derive.ts';
import { stateIn, type ChartMoves } from '#session/passages.ts';
import { useRoving } from '../shared/useRoving.ts';
import { groupsOf, placedRegions, type PlacedRegion } from './geometry.ts';
import type { Box, Packing } from './layout/types.ts';
import { differingRegions, marksOf, shortKernels, stateName, waysOut } from './marks.ts';
import { FrameBox, RegionView } from './RegionView.tsx';
import { StateBox, tagLine } from './StateBox.tsx';
import { toneOf } from './tones.ts';
import { boxTowards } from './towards.ts';

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
  readonly placed: readonly PlacedRegion[];
}

/** Where a state stands in the drawing. */
function placedBox({ region, layout: own, origin: [x, y] }: PlacedRegion, state: string): Box {
  const box = present(own.states[state], `${region.name}.${state}`);
  return { ...box, x: box.x + x, y: box.y + y };
}

function States({ views, focused, moves, placed, selected, onSelect }: StatesProps) {
  const marks = marksOf(views, focused, moves);
  const short = shortKernels(views.map(({ kernel }) => kernel));
  const guest = contextOf(focused.snapshot);
  const boxes = placed.flatMap((one) =>
    one.region.states.map((state) => {
      const key = `${one.region.name}.${state}`;
      return { one, state, key, box: placedBox(one, state) };
    }),
  );
  const { group, item } = useRoving<SVGGElement>(boxes.length, 0, (key, from) =>
    boxTowards(
      boxes.map(({ box }) => box),
      from,
      key,
    ),
  );
  return (
    <g {...group}>
      {boxes.map(({ one, state, key, box }, index) => {
        const mark = present(marks[key], key);
        return (
          <StateBox
            key={key}
            id={key}
            name={state}
            label={stateName(one.region.name, state, mark)}
            ways={waysOut(one.region, state)}
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
