import { vcpuMachine } from '#machine/vcpu.ts';
import type { WarnId } from '#machine/warns.ts';

/** The chart as a drawing has it: regions, their states, and the arrows between them, read off the machine. */

/** One event that moves a region out of a state. */
export interface Passage {
  /** `region.state EVENT`, unique in the chart. */
  readonly id: string;
  readonly event: string;
  /** The event without the words that the region's name or the target's says already. */
  readonly label: string;
  readonly from: string;
  /** The state itself, where the event only leaves a mark. */
  readonly to: string;
  /** What the kernel asserts of it; breaking it leaves the mark of `warn`. */
  readonly guard: string | undefined;
  readonly warn: WarnId | undefined;
}

/** The passages from one state to another, drawn as one arrow. */
export interface Arrow {
  /** `from>to`, unique in the region. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly passages: readonly Passage[];
}

export interface ChartRegion {
  readonly name: string;
  /** Where it stands in the chart's state value. */
  readonly path: readonly string[];
  readonly initial: string;
  readonly states: readonly string[];
  readonly arrows: readonly Arrow[];
}

type StateNode = (typeof vcpuMachine)['root'];
type Transition =
  StateNode['transitions'] extends Map<string, infer List extends readonly unknown[]> ? List[number] : never;

/** `getNestedStatePages` as the words of an event. */
const words = (name: string): readonly string[] =>
  name
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_')
    .toUpperCase()
    .split('_');

/** An event without its last words, where those say the region's name again or the arrow's end. */
export function shortLabel(event: string, region: string, target: string): string {
  const parts = event.split('_');
  for (const name of [words(region), ['TO', ...words(target)]]) {
    for (let count = Math.min(parts.length - 1, name.length); count > 0; count -= 1) {
      if (parts.slice(-count).join() === name.slice(-count).join()) return parts.slice(0, -count).join('_');
    }
  }
  return event;
}

function warnOf(transition: Transition): WarnId | undefined {
  for (const action of transition.actions as readonly {
    readonly type?: string;
    readonly params?: { readonly id: WarnId };
  }[]) {
    if (action.type === 'warn') return action.params?.id;
  }
  return undefined;
}

function passagesOf(region: StateNode, state: StateNode): readonly Passage[] {
  return [...state.transitions].map(([event, ways]) => {
    const guard = ways.find((way) => way.guard !== undefined)?.guard;
    const to = ways[0]?.target?.[0]?.key ?? state.key;
    return {
      id: `${region.key}.${state.key} ${event}`,
      event,
      label: shortLabel(event, region.key, to),
      from: state.key,
      to,
      guard: (typeof guard === 'object' ? guard.type : guard) as string | undefined,
      warn: ways.map(warnOf).find((warn) => warn !== undefined),
    };
  });
}

function regionOf(node: StateNode, path: readonly string[]): ChartRegion {
  const states = Object.values(node.states) as readonly StateNode[];
  const arrows = new Map<string, { id: string; from: string; to: string; passages: Passage[] }>();
  for (const passage of states.flatMap((state) => passagesOf(node, state))) {
    const { from, to } = passage;
    const id = `${from}>${to}`;
    const arrow = arrows.get(id) ?? { id, from, to, passages: [] };
    arrow.passages.push(passage);
    arrows.set(id, arrow);
  }
  return {
    name: node.key,
    path,
    initial: (node.initial.target[0] as StateNode).key,
    states: states.map(({ key }) => key),
    arrows: [...arrows.values()],
  };
}

function walk(node: StateNode, path: readonly string[]): readonly ChartRegion[] {
  if (node.type !== 'parallel') return [regionOf(node, path)];
  return (Object.values(node.states) as readonly StateNode[]).flatMap((child) =>
    walk(child, [...path, child.key]),
  );
}

/** The regions of the chart, in its order. One that stands inside another has that in its path. */
export const chartRegions: readonly ChartRegion[] = walk(vcpuMachine.root, []);
