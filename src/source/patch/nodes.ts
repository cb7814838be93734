import { branches, type KvmFunction, type Node } from '#kvm/ir.ts';
import { allKernelIds, kernel, recordedKernelIds } from '#kvm/kernels.ts';
import { isOfKernel } from '#kvm/links.ts';

/** A node of the model with its place. */
export interface KnownNode {
  readonly fn: string;
  readonly node: Node;
  /** The test or loop that it stands in, by id. */
  readonly parent: string | undefined;
}

/** A function of the kernel as the model's kernels have it. */
export interface KnownFunction {
  readonly name: string;
  /** Below arch/x86/kvm, as every kernel has it. */
  readonly files: ReadonlySet<string>;
  /** Every node that any kernel has in it, once. */
  readonly nodes: readonly KnownNode[];
}

/** The nodes of a function with what they stand in, outer before inner. */
export function placedNodes(
  fn: KvmFunction,
  nodes: readonly Node[] = fn.body,
  parent?: string,
): readonly KnownNode[] {
  return nodes.flatMap((node) => [
    { fn: fn.name, node, parent },
    ...branches(node).flatMap((inner) => placedNodes(fn, inner, node.id)),
  ]);
}

interface Gathering {
  readonly files: Set<string>;
  readonly nodes: Map<string, KnownNode>;
}

function gatherFunctions(): ReadonlyMap<string, KnownFunction> {
  const found = new Map<string, Gathering>();
  // Released kernels first: where a node stands in one of them is its usual place.
  for (const id of ['7.0', '6.12', ...allKernelIds, ...recordedKernelIds, '7.0+recalc']) {
    const built = kernel(id);
    if (!built.ok) continue;
    for (const fn of Object.values(built.value.functions)) {
      if (!isOfKernel(fn)) continue;
      const one = found.get(fn.name) ?? { files: new Set(), nodes: new Map() };
      found.set(fn.name, one);
      one.files.add(built.value.base.tree.lines[fn.name]?.[0] ?? fn.file).add(fn.file);
      for (const placed of placedNodes(fn))
        if (!one.nodes.has(placed.node.id)) one.nodes.set(placed.node.id, placed);
    }
  }
  return new Map(
    [...found].map(([name, { files, nodes }]) => [name, { name, files, nodes: [...nodes.values()] }]),
  );
}

let known: ReadonlyMap<string, KnownFunction> | undefined;

/** The functions of the kernel that the model has, in any of its kernels. */
export function knownFunctions(): ReadonlyMap<string, KnownFunction> {
  known ??= gatherFunctions();
  return known;
}

/** A file below arch/x86/kvm, where a path names one; a path from elsewhere in the tree is none. */
function belowKvm(path: string): string | undefined {
  const at = path.lastIndexOf('arch/x86/kvm/');
  if (at !== -1) return path.slice(at + 'arch/x86/kvm/'.length);
  return /(?:^|\/)(?:arch|tools|drivers|virt|include|Documentation)\//.test(path) ? undefined : path;
}

/** Whether a path can be the file of a function: the functions of KVM move between the files of its folder. */
export function isFileOf(path: string, fn: KnownFunction): boolean {
  const below = belowKvm(path);
  if (below === undefined || below.startsWith('vmx/'))
    return [...fn.files].some((file) => `/${path}` === file);
  return path.includes('arch/x86/kvm/') || [...fn.files].some((file) => file.endsWith(below));
}

/** Whether the model has functions of the file that a path names. */
export function isKnownFile(path: string): boolean {
  const below = belowKvm(path);
  return [...knownFunctions().values()].some(({ files }) =>
    [...files].some((file) =>
      below === undefined ? file === `/${path}` : file === below || file.endsWith(`/${below}`),
    ),
  );
}
