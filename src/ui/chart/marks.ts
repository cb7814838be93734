import { chartRegions, type ChartRegion } from '#session/chart-graph.ts';
import type { View } from '#session/derive.ts';
import { stateIn, type ChartMoves } from '#session/passages.ts';

/** What there is to say of a state at the cursor. */
export interface StateMark {
  readonly current: boolean;
  readonly entered: boolean;
  readonly left: boolean;
  /** Nothing is known of its region. */
  readonly unknown: boolean;
  /** The kernels that are in the state, where the shown kernels differ in the region. */
  readonly kernels: readonly string[];
}

export type Marks = Readonly<Record<string, StateMark>>;

/** The regions in which the shown kernels are not in one state. */
export function differingRegions(views: readonly View[]): ReadonlySet<string> {
  return new Set(
    chartRegions
      .map(({ name }) => name)
      .filter((name) => new Set(views.map(({ snapshot }) => stateIn(snapshot, name))).size > 1),
  );
}

/** The marks of all states, by `region.state`. */
export function marksOf(views: readonly View[], focused: View, { taken }: ChartMoves): Marks {
  const differing = differingRegions(views);
  const entries = chartRegions.flatMap(({ name, states }) => {
    const now = stateIn(focused.snapshot, name);
    const own = taken.filter(({ id, from, to }) => from !== to && id.startsWith(`${name}.`));
    return states.map((state) => {
      const mark: StateMark = {
        current: state === now,
        entered: state === now && own.some(({ to }) => to === state),
        left: state !== now && own.some(({ from }) => from === state),
        unknown: false,
        kernels: differing.has(name)
          ? views.filter(({ snapshot }) => stateIn(snapshot, name) === state).map(({ kernel }) => kernel)
          : [],
      };
      return [`${name}.${state}`, mark] as const;
    });
  });
  return Object.fromEntries(entries);
}

/** What leads out of a state, to be read out after its name. */
export function waysOut({ arrows }: ChartRegion, state: string): string {
  const ways = arrows
    .filter(({ from, to }) => from === state && to !== state)
    .flatMap(({ to, passages }) => passages.map(({ event }) => `${event} to ${to}`));
  return ways.length === 0 ? 'nothing leads out' : `out by ${ways.join(', ')}`;
}

/** The accessible name of a state. */
export function stateName(
  region: string,
  state: string,
  { current, entered, left, unknown, kernels }: StateMark,
  moment = 'in this step',
): string {
  return [
    `${region}: ${state}`,
    current ? 'current' : '',
    entered ? `entered ${moment}` : '',
    left ? `left ${moment}` : '',
    unknown ? 'unknown: the recording does not tell' : '',
    kernels.length > 0 ? `here: ${kernels.join(', ')}` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** Kernel names as short as they stay different: patches on the base that the first one is built on, without it. */
export function shortKernels(kernels: readonly string[]): Readonly<Record<string, string>> {
  const base = kernels[0]?.split('+')[0] ?? '';
  return Object.fromEntries(
    kernels.map((id) => [id, id.startsWith(`${base}+`) ? id.slice(base.length) : id]),
  );
}
