import { allNodes, type KvmFunction, type Node } from '#kvm/ir.ts';
import type { FunctionSet, Kernel } from '#kvm/kernel.ts';
import { applyPatch, type Patch } from '#kvm/patch.ts';
import type { CodeRow } from './code-rows.ts';

/** What a patch does to a node: a line of its diff. */
export interface PatchMark {
  readonly patch: string;
  readonly sign: '+' | '-';
  /** The function that the node was taken from, or went to, where it only moved. */
  readonly moved: string | undefined;
}

/** What the shown kernels' patches do to a row. */
export interface RowMark extends PatchMark {
  /** Ids of the shown kernels whose patch it is. */
  readonly kernels: readonly string[];
}

const keyOf = (fn: string, id: string): string => `${fn}() ${id}`;
const byId = (fn: KvmFunction | undefined): ReadonlyMap<string, Node> =>
  new Map(allNodes(fn?.body ?? []).map((node) => [node.id, node]));
const spelling = ({ kind, text }: Node): string => `${kind} ${text}`;

interface Difference {
  readonly fn: KvmFunction;
  readonly added: readonly Node[];
  readonly removed: readonly Node[];
}

function differenceOf(before: KvmFunction | undefined, after: KvmFunction): Difference {
  const [old, now] = [byId(before), byId(after)];
  return {
    fn: after,
    added: [...now.values()].filter(({ id }) => !old.has(id)),
    removed: [...old.values()].filter(({ id }) => !now.has(id)),
  };
}

/** The marks that one patch leaves. A node that left one function and stands in one taken from it has moved. */
function marksOfPatch(
  patch: Patch,
  before: FunctionSet,
  after: FunctionSet,
): readonly (readonly [string, PatchMark])[] {
  const differences = Object.values(after)
    .filter((fn) => before[fn.name] !== fn)
    .map((fn) => differenceOf(before[fn.name], fn));
  const movedFrom = ({ extractedFrom }: KvmFunction, node: Node): string | undefined => {
    const source = differences.find(({ fn }) => fn.name === extractedFrom);
    return source?.removed.some((one) => spelling(one) === spelling(node)) ? extractedFrom : undefined;
  };
  const movedTo = (from: KvmFunction, node: Node): string | undefined =>
    differences.find(
      ({ fn, added }) =>
        fn.extractedFrom === from.name && added.some((one) => spelling(one) === spelling(node)),
    )?.fn.name;
  return differences.flatMap(({ fn, added, removed }) => [
    ...added.map(
      (node) =>
        [keyOf(fn.name, node.id), { patch: patch.id, sign: '+', moved: movedFrom(fn, node) }] as const,
    ),
    ...removed.map(
      (node) => [keyOf(fn.name, node.id), { patch: patch.id, sign: '-', moved: movedTo(fn, node) }] as const,
    ),
  ]);
}

const known = new WeakMap<Kernel, ReadonlyMap<string, PatchMark>>();

/** What a kernel's patches do to the nodes of its base, by the keys of rows. */
export function patchMarks(kernel: Kernel): ReadonlyMap<string, PatchMark> {
  let marks = known.get(kernel);
  if (!marks) {
    let functions = kernel.base.functions;
    marks = new Map(
      kernel.patches.flatMap((patch) => {
        const before = functions;
        functions = applyPatch(before, patch);
        return marksOfPatch(patch, before, functions);
      }),
    );
    known.set(kernel, marks);
  }
  return marks;
}

/** What the patches of the shown kernels do to a row, equal ones together. */
export function marksOf(row: Pick<CodeRow, 'key'>, kernels: readonly Kernel[]): readonly RowMark[] {
  const marks = new Map<string, RowMark>();
  for (const kernel of kernels) {
    const mark = patchMarks(kernel).get(row.key);
    if (!mark) continue;
    const name = `${mark.sign}${mark.patch}`;
    marks.set(name, { ...mark, kernels: [...(marks.get(name)?.kernels ?? []), kernel.id] });
  }
  return [...marks.values()];
}
