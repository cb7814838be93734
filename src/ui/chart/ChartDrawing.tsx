import { layout } from 'virtual:chart-layout';
import { useMemo } from 'react';

import { present } from '#base/assert.ts';
import { useRoving } from '../shared/useRoving.ts';
import { groupsOf, placedRegions, type PlacedRegion } from './geometry.ts';
import type { Box, Packing } from './layout/types.ts';
import { stateName, waysOut } from './marks.ts';
import { FrameBox, RegionView } from './RegionView.tsx';
import type { ChartShown } from './shown.ts';
import { StateBox, tagLine } from './StateBox.tsx';
import { toneOf } from './tones.ts';
import { boxTowards } from './towards.ts';

/** A state of the chart. */
export interface StateRef {
  readonly region: string;
  readonly state: string;
}

export const isSame = (one: StateRef | undefined, other: StateRef): boolean =>
  one?.region === other.region && one.state === other.state;

export interface ChartDrawingProps {
  /** Where the regions lie. */
  readonly packing: Packing;
  readonly shown: ChartShown;
  readonly selected: StateRef | undefined;
  readonly onSelect: (state: StateRef) => void;
}

/** Draw what is inside the chart's SVG, in its own units. */
export function ChartDrawing({ packing, shown, selected, onSelect }: ChartDrawingProps) {
  const placed = useMemo(() => placedRegions(layout, packing), [packing]);
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
          current={shown.states[one.region.name]}
          differs={shown.differing.has(one.region.name)}
          moves={shown.moves}
        />
      ))}
      <States shown={shown} placed={placed} selected={selected} onSelect={onSelect} />
    </>
  );
}

interface StatesProps extends Pick<ChartDrawingProps, 'shown' | 'selected' | 'onSelect'> {
  readonly placed: readonly PlacedRegion[];
}

/** Where a state stands in the drawing. */
function placedBox({ region, layout: own, origin: [x, y] }: PlacedRegion, state: string): Box {
  const box = present(own.states[state], `${region.name}.${state}`);
  return { ...box, x: box.x + x, y: box.y + y };
}

function States({ shown, placed, selected, onSelect }: StatesProps) {
  const { marks, kernels, short, guest } = shown;
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
            label={stateName(one.region.name, state, mark, shown.moment)}
            ways={waysOut(one.region, state)}
            box={box}
            tone={toneOf(one.region.name, state, guest)}
            current={mark.current}
            left={mark.left}
            unknown={mark.unknown}
            selected={selected?.region === one.region.name && selected.state === state}
            tags={
              mark.kernels.length === 0
                ? ''
                : tagLine(
                    mark.kernels.map((id) => short[id] ?? id),
                    kernels.length,
                    box.width,
                  )
            }
            ownTag={shown.kernel !== undefined && mark.kernels.includes(shown.kernel)}
            roving={item(index)}
            onSelect={() => onSelect({ region: one.region.name, state })}
          />
        );
      })}
    </g>
  );
}
