import ELK, { type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk.bundled.js';
import { present } from '#base/assert.ts';
import type { ChartRegion } from '#session/chart-graph.ts';
import { dotRadius, dotReach, labelSize, stateHeight, stateWidth } from './metrics.ts';
import type { ArrowLayout, Box, Point, RegionLayout } from './types.ts';

/** One region, laid out by ELK. Runs when the page is built: none of this is part of the page. */

const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.padding': '[top=2,left=2,bottom=2,right=2]',
  'elk.json.edgeCoords': 'ROOT',
  'elk.json.shapeCoords': 'ROOT',
  'elk.layered.edgeLabels.sideSelection': 'SMART_DOWN',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
  'elk.layered.nodePlacement.favorStraightEdges': 'true',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  // The initial state is the first, and stands on top.
  'elk.layered.cycleBreaking.strategy': 'MODEL_ORDER',
  // Arrows leave side by side from the middle: their labels then need least room.
  'elk.portAlignment.default': 'CENTER',
  'elk.spacing.portPort': '10',
  'elk.spacing.nodeNode': '8',
  'elk.spacing.edgeNode': '6',
  'elk.spacing.edgeEdge': '6',
  'elk.spacing.edgeLabel': '1',
  'elk.spacing.nodeSelfLoop': '6',
  'elk.layered.spacing.nodeNodeBetweenLayers': '8',
  'elk.layered.spacing.edgeNodeBetweenLayers': '7',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '5',
};

const round = (value: number): number => Math.round(value * 10) / 10;

const boxOf = ({ x = 0, y = 0, width = 0, height = 0 }: Partial<Box>): Box => ({
  x: round(x),
  y: round(y),
  width: round(width),
  height: round(height),
});

function graphOf({ name, initial, states, arrows }: ChartRegion): ElkNode {
  const width = stateWidth(states);
  const ordered = [initial, ...states.filter((state) => state !== initial)];
  return {
    id: name,
    layoutOptions: options,
    children: ordered.map((state) => ({
      id: state,
      width,
      height: stateHeight,
      layoutOptions: { 'elk.portAlignment.default': 'CENTER' },
    })),
    edges: arrows.map((arrow) => ({
      id: arrow.id,
      sources: [arrow.from],
      targets: [arrow.to],
      labels: [{ text: arrow.id, ...labelSize(arrow) }],
    })),
  };
}

function arrowOf({ id, sections, labels }: ElkExtendedEdge): ArrowLayout {
  const { startPoint, bendPoints = [], endPoint } = present(sections?.[0], `a route for ${id}`);
  return {
    points: [startPoint, ...bendPoints, endPoint].map(({ x, y }): Point => [round(x), round(y)]),
    label: boxOf(present(labels?.[0], `a label for ${id}`)),
  };
}

function mapValues<Value, Mapped>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value) => Mapped,
): Readonly<Record<string, Mapped>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

/** Shift right what ELK placed, so that the initial state's dot and its little arrow have room on the left. */
function withRoomForDot(initial: Box, layout: RegionLayout): RegionLayout {
  const by = Math.max(0, dotReach + dotRadius + 1 - initial.x);
  const shifted = (box: Box): Box => ({ ...box, x: round(box.x + by) });
  return {
    ...layout,
    width: round(layout.width + by),
    states: mapValues(layout.states, shifted),
    arrows: mapValues(layout.arrows, ({ points, label }) => ({
      points: points.map(([x, y]): Point => [round(x + by), y]),
      label: shifted(label),
    })),
  };
}

/** Lay out the states and arrows of one region. */
export async function layoutRegion(region: ChartRegion): Promise<RegionLayout> {
  const { width = 0, height = 0, children = [], edges = [] } = await new ELK().layout(graphOf(region));
  const states = Object.fromEntries(children.map((child) => [child.id, boxOf(child)]));
  const arrows = Object.fromEntries(edges.map((edge) => [edge.id, arrowOf(edge)]));
  const initial = present(states[region.initial], `the initial state of ${region.name}`);
  return withRoomForDot(initial, { width: round(width), height: round(height), states, arrows });
}
