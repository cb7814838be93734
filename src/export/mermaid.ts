import type { VcpuSnapshot } from '#machine/facts.ts';
import type { ChartRegion, Passage } from '#session/chart-graph.ts';
import { guardText } from '#session/guard-words.ts';
import { stateIn } from '#session/passages.ts';
import { chartTree, type ChartTree } from './chart-tree.ts';

/** Mermaid gives a dot no meaning of its own in a name, but some renderers do. */
const idOf = (path: string): string => path.replaceAll('.', '_');

/** What stands beside an arrow: the event, and which WARN the kernel raises unless what holds. */
function labelOf({ event, guard, warn }: Passage): string {
  if (warn === undefined) return event;
  return `${event}, WARN ${warn}${guard === undefined ? '' : ` unless ${guardText(guard)}`}`;
}

const inside = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);

function regionLines({
  id,
  initial,
  states,
  arrows,
}: ChartRegion & { readonly id: string }): readonly string[] {
  const state = (name: string): string => idOf(`${id}.${name}`);
  return [
    ...states.map((name) => `state "${name}" as ${state(name)}`),
    `[*] --> ${state(initial)}`,
    ...arrows.flatMap(({ passages }) =>
      passages.map((passage) => `${state(passage.from)} --> ${state(passage.to)} : ${labelOf(passage)}`),
    ),
  ];
}

/** Regions side by side, as Mermaid writes what is active at once: with a line of dashes between them. */
function parallelLines(regions: readonly ChartTree[]): readonly string[] {
  return regions.flatMap((one, index) => [
    ...(index > 0 ? ['--'] : []),
    `state "${one.name}" as ${idOf(one.id)} {`,
    ...inside('regions' in one ? parallelLines(one.regions) : regionLines(one)),
    '}',
  ]);
}

const leaves = (one: ChartTree): readonly (ChartRegion & { readonly id: string })[] =>
  'regions' in one ? one.regions.flatMap(leaves) : [one];

function currentLines(now: VcpuSnapshot): readonly string[] {
  const current = chartTree.flatMap(leaves).map(({ id, name }) => idOf(`${id}.${stateIn(now, name)}`));
  return ['classDef current stroke-width:3px,font-weight:bold', `class ${current.join(', ')} current`];
}

/**
 * The chart as a Mermaid state diagram.
 *
 * @param now a vCPU; its states are then marked
 */
export function mermaidOf(now?: VcpuSnapshot): string {
  return [
    'stateDiagram-v2',
    ...inside(['state "vCPU" as vcpu {', ...inside(parallelLines(chartTree)), '}']),
    ...inside(now ? currentLines(now) : []),
    '',
  ].join('\n');
}
