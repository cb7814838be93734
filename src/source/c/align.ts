import type { Fit } from './score.ts';

/** What a node may be tied to: the index of a piece of source, and how well both fit. */
export interface Pair {
  readonly node: number;
  readonly item: number;
  readonly fit: Fit;
}

/** A little less than nothing gained: two nodes share a piece of source only where neither has another. */
const sharing = 0.6;

/**
 * Tie nodes to pieces of source so that both keep their order and the fits weigh most in all. Nodes that follow each
 * other may share a piece: a test and the call in it.
 */
export function align(fits: readonly (readonly (Fit | undefined)[])[], items: number): readonly Pair[] {
  const nodes = fits.length;
  // `best[n][i]`: with the first n nodes and the first i items. `last[n][i]`: so that item i - 1 is the last one tied.
  const best = table(nodes, items);
  const last = table(nodes, items, -Infinity);
  for (let node = 1; node <= nodes; node += 1) {
    for (let item = 1; item <= items; item += 1) {
      const weight = fits[node - 1]![item - 1]?.weight ?? 0;
      const tied =
        weight > 0
          ? weight + Math.max(best[node - 1]![item - 1]!, last[node - 1]![item]! - sharing)
          : -Infinity;
      last[node]![item] = Math.max(tied, last[node - 1]![item]!);
      best[node]![item] = Math.max(best[node - 1]![item]!, best[node]![item - 1]!, tied);
    }
  }
  return trace(fits, best, last, nodes, items);
}

const table = (nodes: number, items: number, value = 0): Float64Array[] =>
  Array.from({ length: nodes + 1 }, () => new Float64Array(items + 1).fill(value));

function trace(
  fits: readonly (readonly (Fit | undefined)[])[],
  best: readonly Float64Array[],
  last: readonly Float64Array[],
  nodes: number,
  items: number,
): readonly Pair[] {
  const pairs: Pair[] = [];
  let [node, item, shared] = [nodes, items, false];
  while (node > 0 && item > 0) {
    const value = shared ? last[node]![item]! : best[node]![item]!;
    if (value === (shared ? last : best)[node - 1]![item]) {
      node -= 1;
      continue;
    }
    if (!shared && value === best[node]![item - 1]) {
      item -= 1;
      continue;
    }
    const fit = fits[node - 1]![item - 1]!;
    pairs.push({ node: node - 1, item: item - 1, fit });
    const alone = best[node - 1]![item - 1]!;
    shared = last[node - 1]![item]! - sharing > alone;
    node -= 1;
    if (!shared) item -= 1;
  }
  return pairs.toReversed();
}
