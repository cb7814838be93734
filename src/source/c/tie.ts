import { branches, type KvmFunction, type Node } from '#kvm/ir.ts';
import type { Kernel } from '#kvm/kernel.ts';
import { isOfKernel } from '#kvm/links.ts';
import { align } from './align.ts';
import type { CFunction } from './functions.ts';
import type { CItem, Span } from './items.ts';
import { isInverted, nodeWords, weigh, type Fit, type NodeWords, type Way } from './score.ts';
import type { SourceTree } from './tree.ts';

/**
 * How a node came to its line. `sure`: by what it says. `order`: it says something like it, between what is sure.
 * `apart`: the same words, but not where the order of the model has them.
 */
export type TieHow = 'sure' | 'order' | 'apart';

export interface Tie extends Span {
  readonly node: Node;
  readonly how: TieHow;
  /** Both say the very same. */
  readonly exact: boolean;
  readonly item: CItem;
  /** The function that the line stands in: the node's own, or one that it calls and the model does not have. */
  readonly source: CFunction;
  /** The function that the source calls to get to the one that the model calls. */
  readonly through: string | undefined;
  /** The source asks for the opposite of what the model's test asks for. */
  readonly inverted: boolean;
}

/** Why a node has no line. */
export type Untied = 'told in words' | 'done by the processor' | 'not in the source';

/** A function of the model on the source of that name. */
export interface TiedFunction {
  readonly fn: KvmFunction;
  readonly source: CFunction;
  readonly items: readonly CItem[];
  /** By id of the node. */
  readonly ties: ReadonlyMap<string, Tie>;
  readonly untied: ReadonlyMap<string, Untied>;
}

interface Placed {
  readonly node: Node;
  readonly words: NodeWords;
  /** The index of the test or loop that it stands in, and whether that has to hold. */
  readonly parent: number | undefined;
  readonly held: boolean;
}

/** Longest function that is looked into for what the model has in its caller, in lines. */
const longestHelper = 150;

/** The nodes of a function as the kernel writes them down, outer before inner. */
function placed(
  nodes: readonly Node[],
  list: Placed[] = [],
  parent?: number,
  held = true,
): readonly Placed[] {
  for (const node of nodes) {
    const index = list.push({ node, words: nodeWords(node), parent, held }) - 1;
    for (const [branch, inner] of branches(node).entries()) placed(inner, list, index, branch === 0);
  }
  return list;
}

/** Tie the nodes of a function to the lines of its source: the best of several definitions of one name. */
export function tieFunction(tree: SourceTree, kernel: Kernel, fn: KvmFunction): TiedFunction | undefined {
  const tied = tree.definitions(fn).map((source) => new Tying(tree, kernel, fn, source).tie());
  const count = ({ ties }: TiedFunction): number =>
    [...ties.values()].filter(({ how }) => how === 'sure').length;
  return tied.toSorted((left, right) => count(right) - count(left))[0];
}

class Tying {
  private readonly tree: SourceTree;
  private readonly kernel: Kernel;
  private readonly fn: KvmFunction;
  private readonly source: CFunction;
  private readonly nodes: readonly Placed[];
  private readonly ties = new Map<number, Tie>();
  /** What the function's own nodes call. */
  private readonly own: ReadonlySet<string>;

  constructor(tree: SourceTree, kernel: Kernel, fn: KvmFunction, source: CFunction) {
    this.tree = tree;
    this.kernel = kernel;
    this.fn = fn;
    this.source = source;
    this.nodes = placed(fn.body);
    this.own = new Set(this.nodes.flatMap(({ node }) => (node.kind === 'call' ? [node.fn] : [])));
  }

  tie(): TiedFunction {
    const items = this.tree.itemsOf(this.source);
    const fits = this.nodes.map((node) => this.fitsOf(node, items));
    for (const { node, item, fit } of align(
      fits.map((row, index) => this.ordered(row, index, items)),
      items.length,
    ))
      this.ties.set(node, this.tied(node, items[item]!, fit, fit.sure ? 'sure' : 'order'));
    for (const [index, row] of fits.entries()) this.apart(index, row, items);
    for (const [index, one] of this.ties)
      if (one.how === 'sure' && !this.isInside(index, one)) this.ties.set(index, { ...one, how: 'order' });
    for (const helper of this.helpers(items)) this.inHelper(helper);
    return {
      fn: this.fn,
      source: this.source,
      items,
      ties: new Map([...this.ties].map(([index, one]) => [this.nodes[index]!.node.id, one])),
      untied: new Map(
        this.nodes.flatMap((one, index) =>
          this.ties.has(index) ? [] : [[one.node.id, this.why(one)] as const],
        ),
      ),
    };
  }

  private readonly way: Way = (callee, to) => this.tree.way(callee, to, this.own, this.kernel.functions);

  private fitsOf({ node, words }: Placed, items: readonly CItem[]): readonly (Fit | undefined)[] {
    return items.map((item) => {
      const fit = weigh(node, words, item, this.way);
      return fit.weight > 0 ? fit : undefined;
    });
  }

  /** A tracepoint that a macro raises fires in the middle of a condition: the order of nodes tells nothing of it. */
  private ordered(
    row: readonly (Fit | undefined)[],
    index: number,
    items: readonly CItem[],
  ): readonly (Fit | undefined)[] {
    if (this.nodes[index]!.node.kind !== 'trace') return row;
    return row.map((fit, at) => (fit?.through === undefined || items[at]!.alone ? fit : undefined));
  }

  private tied(index: number, item: CItem, { through, exact }: Fit, how: TieHow, source = this.source): Tie {
    const { node, words } = this.nodes[index]!;
    const inverted = node.kind === 'test' && isInverted(words, item);
    return { node, how, exact, item, source, through, inverted, from: item.from, to: item.to };
  }

  /** Look for the best piece of source for a node that order left without one. */
  private apart(index: number, row: readonly (Fit | undefined)[], items: readonly CItem[]): void {
    if (this.ties.has(index)) return;
    const { node, parent } = this.nodes[index]!;
    const outer = parent === undefined ? undefined : this.ties.get(parent);
    const taken = new Set(
      [...this.ties.values()].filter((one) => one.node.kind === node.kind).map(({ item }) => item),
    );
    let found: { readonly item: CItem; readonly fit: Fit; readonly here: boolean } | undefined;
    for (const [at, fit] of row.entries()) {
      const item = items[at]!;
      const again = taken.has(item) && node.kind !== 'return' && node.kind !== 'call';
      if (!fit?.sure || again) continue;
      // What a condition calls stands before the test in the source, and in the model often after it.
      const here = outer !== undefined && item.from >= outer.from && item.to <= outer.to;
      if (fit.through !== undefined && !here) continue;
      if (!found || (here && !found.here) || (here === found.here && fit.weight > found.fit.weight))
        found = { item, fit, here };
    }
    if (found) this.ties.set(index, this.tied(index, found.item, found.fit, found.here ? 'sure' : 'apart'));
  }

  /** Whether a node stands in the lines of the branch that the model has it in, as far as those are known. */
  private isInside(index: number, { item }: Tie): boolean {
    const { parent, held } = this.nodes[index]!;
    const outer = parent === undefined ? undefined : this.ties.get(parent);
    const branch = held ? outer?.item.then : outer?.item.otherwise;
    if (!outer || !branch || outer.inverted) return true;
    return item.from >= outer.from && item.to <= Math.max(branch.to, outer.to);
  }

  /** The functions that the source calls and the model does not have: it may tell what they do in their caller. */
  private helpers(items: readonly CItem[]): readonly CFunction[] {
    const names = new Set(items.filter(({ kind }) => kind === 'call').map(({ name }) => name));
    return [...names].flatMap((name) =>
      this.kernel.functions[name]
        ? []
        : this.tree.named(name).filter(({ line, endLine }) => endLine - line < longestHelper),
    );
  }

  /** Tie what is left to the lines of such a function, where something of it is surely there. */
  private inHelper(helper: CFunction): void {
    const left = [...this.nodes.keys()].filter(
      (index) =>
        !this.ties.has(index) && this.nodes[index]!.words.code && this.nodes[index]!.node.kind !== 'let',
    );
    if (left.length === 0) return;
    const items = this.tree.itemsOf(helper);
    const pairs = align(
      left.map((index) => this.fitsOf(this.nodes[index]!, items)),
      items.length,
    ).filter(({ fit }) => fit.sure);
    const telling = pairs.some(
      ({ node, fit }) => this.nodes[left[node]!]!.node.kind !== 'return' && fit.weight >= 3,
    );
    if (!telling) return;
    for (const { node, item, fit } of pairs) {
      const index = left[node]!;
      this.ties.set(index, this.tied(index, items[item]!, fit, 'sure', helper));
    }
  }

  private why({ node, words }: Placed): Untied {
    const callee = node.kind === 'call' ? this.kernel.functions[node.fn] : undefined;
    if (callee?.visibility === 'processor') return 'done by the processor';
    if (callee && !isOfKernel(callee)) return 'told in words';
    return words.code ? 'not in the source' : 'told in words';
  }
}
