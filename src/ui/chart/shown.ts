import type { RegionName } from '#machine/facts.ts';
import type { Context } from '#program/types.ts';
import { contextOf } from '#program/outcome.ts';
import { chartRegions, type Passage } from '#session/chart-graph.ts';
import type { View } from '#session/derive.ts';
import { stateIn, type ChartMoves } from '#session/passages.ts';
import type { Told } from '#trace/questions.ts';
import { differingRegions, marksOf, shortKernels, type Marks, type StateMark } from './marks.ts';

/** What the drawing of the chart shows, wherever it comes from. */
export interface ChartShown {
  readonly marks: Marks;
  readonly moves: ChartMoves;
  /** By region; undefined: it is not known. */
  readonly states: Readonly<Record<string, string | undefined>>;
  /** Regions in which the shown kernels differ. */
  readonly differing: ReadonlySet<string>;
  /** Who the guest is; undefined: it is not known. */
  readonly guest: Context | undefined;
  readonly kernels: readonly string[];
  readonly short: Readonly<Record<string, string>>;
  /** The one whose states are lit. */
  readonly kernel: string | undefined;
  /** When a state was entered or left, in words. */
  readonly moment: string;
}

/** The states of a step on the shown kernels, one of them lit. */
export function shownOnKernels(views: readonly View[], focused: View, moves: ChartMoves): ChartShown {
  const kernels = views.map(({ kernel }) => kernel);
  return {
    marks: marksOf(views, focused, moves),
    moves,
    states: Object.fromEntries(chartRegions.map(({ name }) => [name, stateIn(focused.snapshot, name)])),
    differing: differingRegions(views),
    guest: contextOf(focused.snapshot),
    kernels,
    short: shortKernels(kernels),
    kernel: focused.kernel,
    moment: 'in this step',
  };
}

const stateTold = (told: Told, region: string): string | undefined => told[region as RegionName];

function guestTold({ smm, guestMode }: Told): Context | undefined {
  if (smm === 'inside') return 'SMM';
  if (guestMode === undefined) return undefined;
  return guestMode === 'l2' ? 'L2' : 'L1';
}

function markTold(now: string | undefined, was: string | undefined, state: string): StateMark {
  return {
    current: now === state,
    entered: now === state && was !== state,
    left: now !== undefined && now !== state && was === state,
    unknown: now === undefined,
    kernels: [],
  };
}

/** Between two known states only one thing can have happened, where one arrow with one event leads there. */
function passageTold(before: Told, told: Told): readonly Passage[] {
  return chartRegions.flatMap(({ name, arrows }) => {
    const [from, to] = [stateTold(before, name), stateTold(told, name)];
    const passages = arrows.find((arrow) => arrow.from === from && arrow.to === to)?.passages ?? [];
    return from !== to && passages.length === 1 ? passages : [];
  });
}

/** What a recording tells after an event, beside what it told before. */
export function shownAsTold(told: Told, before: Told): ChartShown {
  const marks = chartRegions.flatMap(({ name, states }) =>
    states.map(
      (state) =>
        [`${name}.${state}`, markTold(stateTold(told, name), stateTold(before, name), state)] as const,
    ),
  );
  return {
    marks: Object.fromEntries(marks),
    moves: { taken: passageTold(before, told), warned: [] },
    states: told,
    differing: new Set(),
    guest: guestTold(told),
    kernels: [],
    short: {},
    kernel: undefined,
    moment: 'by this event',
  };
}
