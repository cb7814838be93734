import { allNodes, type KvmFunction } from '#kvm/ir.ts';
import type { Kernel } from '#kvm/kernel.ts';
import { isOfKernel } from '#kvm/links.ts';
import type { TiedFunction } from './tie.ts';
import type { SourceTree } from './tree.ts';

/** A place where the source and the model do not have the same calls. */
export interface Disagreement {
  readonly fn: string;
  /** The function that one of them calls. */
  readonly callee: string;
  readonly by: 'source' | 'model';
  /** In the source; of a call that only the model has the last line that is tied before it. */
  readonly line: number | undefined;
  readonly words: string;
}

/** What a function of the model calls, by call or by table. */
function callsOf(fn: KvmFunction): ReadonlySet<string> {
  return new Set(
    allNodes(fn.body).flatMap((node) => {
      if (node.kind === 'call') return [node.fn];
      return node.kind === 'dispatch' ? Object.values(node.to) : [];
    }),
  );
}

/** Where a function of the source and that of the model disagree about what is called. */
export function disagreements(tree: SourceTree, kernel: Kernel, tied: TiedFunction): readonly Disagreement[] {
  return [...onlySource(tree, kernel, tied), ...onlyModel(kernel, tied)].toSorted(
    (left, right) => (left.line ?? 0) - (right.line ?? 0),
  );
}

function onlySource(tree: SourceTree, kernel: Kernel, tied: TiedFunction): readonly Disagreement[] {
  const own = callsOf(tied.fn);
  // Some tests ask what a function says, without a node for the call.
  const asked = allNodes(tied.fn.body).map(({ text }) => text);
  const used = new Set([...tied.ties.values()].map(({ item }) => item));
  const found = new Map<string, Disagreement>();
  for (const item of tied.items) {
    if (item.kind !== 'call' || used.has(item)) continue;
    const callee = tree.targets(item.name).find((name) => {
      const fn = kernel.functions[name];
      return fn !== undefined && isOfKernel(fn);
    });
    if (callee === undefined || own.has(callee) || found.has(callee)) continue;
    if (asked.some((text) => text.includes(`${callee}(`))) continue;
    const words = `The source calls ${callee}() here; ${tied.fn.name}() of ${kernel.id} in the model does not.`;
    found.set(callee, { fn: tied.fn.name, callee, by: 'source', line: item.from, words });
  }
  return [...found.values()];
}

function onlyModel(kernel: Kernel, { fn, source, ties, untied }: TiedFunction): readonly Disagreement[] {
  const found: Disagreement[] = [];
  let line: number | undefined;
  for (const node of allNodes(fn.body)) {
    const tie = ties.get(node.id);
    if (tie?.how === 'sure' && tie.source === source) line = tie.from;
    if (node.kind !== 'call' || untied.get(node.id) !== 'not in the source') continue;
    if (found.some(({ callee }) => callee === node.fn)) continue;
    const words = `${fn.name}() of ${kernel.id} in the model calls ${node.fn}(); no call of it is found in the source.`;
    found.push({ fn: fn.name, callee: node.fn, by: 'model', line, words });
  }
  return found;
}
