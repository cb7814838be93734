import { invariant, present } from '#base/assert.ts';
import { allNodes, withBranches, type KvmFunction, type Node, type Visibility } from './ir.ts';

type Functions = Readonly<Record<string, KvmFunction>>;

/** One place where a patch touches a function. Nodes are named by their ids; see `numberIds()`. */
export type Change =
  | {
      readonly do: 'insert-before' | 'insert-after' | 'replace';
      readonly fn: string;
      readonly at: string;
      readonly nodes: readonly Node[];
    }
  | { readonly do: 'remove'; readonly fn: string; readonly at: string }
  | { readonly do: 'add-function'; readonly function: KvmFunction }
  | {
      /** Move the `then` branch of a test into a new function; `leaving` stands where the test stood. */
      readonly do: 'extract';
      readonly fn: string;
      readonly at: string;
      readonly into: {
        readonly name: string;
        readonly params: readonly string[];
        readonly visibility: Visibility;
      };
      readonly before: readonly Node[];
      readonly after: readonly Node[];
      readonly leaving: readonly Node[];
    };

/** Which of the mutually exclusive answers a patch gives; a kernel has at most one patch of a slot, in this order. */
export const patchSlots = ['gif', 'svme', 'recalc'] as const;
export type PatchSlot = (typeof patchSlots)[number];

/** A change of the kernel's behaviour, as posted, proposed or merged. */
export interface Patch {
  readonly id: string;
  readonly slot: PatchSlot;
  readonly subject: string;
  readonly author: string;
  /** ISO 8601, the day it was posted or committed. */
  readonly date: string;
  readonly messageId?: string;
  /** The mail in a public archive, where it has no message id here. */
  readonly mail?: string;
  readonly commit?: string;
  readonly status: string;
  /** What it does, in one sentence. */
  readonly summary: string;
  /** Bases that it applies to. */
  readonly bases: readonly string[];
  readonly changes: readonly Change[];
  /**
   * The nodes that the posted diff itself adds, where the model needs more around them, or says the rest in words of
   * its own. Undefined: the diff adds and removes what `changes` do.
   */
  readonly shows?: readonly { readonly fn: string; readonly id: string }[];
}

function edit(nodes: readonly Node[], at: string, map: (node: Node) => readonly Node[]): readonly Node[] {
  return nodes.flatMap((node) =>
    node.id === at ? map(node) : [withBranches(node, (inner) => edit(inner, at, map))],
  );
}

const has = (one: KvmFunction, at: string): boolean => allNodes(one.body).some(({ id }) => id === at);

/** The function that holds the node: the one named, or one that an earlier patch extracted from it. */
function holder(functions: Functions, name: string, at: string, patch: string): KvmFunction {
  const candidates = Object.values(functions).filter(
    (one) => one.name === name || one.extractedFrom === name,
  );
  return present(
    candidates.find((one) => has(one, at)),
    `${patch} finds "${at}" in ${name}()`,
  );
}

/** New nodes under ids that the function does not have yet: what was there keeps its own. */
function adopt(nodes: readonly Node[], taken: readonly Node[], patch: string): readonly Node[] {
  const ids = new Set(allNodes(taken).map(({ id }) => id));
  const free = (id: string): string => {
    if (!ids.has(id)) return id;
    let own = `${id} (${patch})`;
    for (let count = 2; ids.has(own); count += 1) own = `${id} (${patch} ${count})`;
    return own;
  };
  const rename = (node: Node): Node => {
    const id = free(node.id);
    ids.add(id);
    return withBranches({ ...node, id }, (inner) => inner.map(rename));
  };
  return nodes.map(rename);
}

const places = {
  'insert-before': (node: Node, nodes: readonly Node[]) => [...nodes, node],
  'insert-after': (node: Node, nodes: readonly Node[]) => [node, ...nodes],
  replace: (_: Node, nodes: readonly Node[]) => nodes,
} as const;

/** The function with one of its nodes replaced by others. */
function withNode(
  target: KvmFunction,
  at: string,
  put: (node: Node, nodes: readonly Node[]) => readonly Node[],
  nodes: readonly Node[],
  patch: string,
): KvmFunction {
  const kept = edit(target.body, at, (node) => put(node, []));
  const adopted = adopt(nodes, kept, patch);
  return { ...target, body: edit(target.body, at, (node) => put(node, adopted)) };
}

function applyChange(functions: Functions, change: Change, patch: string): Functions {
  if (change.do === 'add-function') {
    invariant(!functions[change.function.name], `${patch} adds ${change.function.name}() anew`);
    return { ...functions, [change.function.name]: change.function };
  }
  const target = holder(functions, change.fn, change.at, patch);
  if (change.do === 'extract') return extract(functions, target, change, patch);
  const changed =
    change.do === 'remove'
      ? withNode(target, change.at, places.replace, [], patch)
      : withNode(target, change.at, places[change.do], change.nodes, patch);
  return { ...functions, [target.name]: changed };
}

function extract(
  functions: Functions,
  target: KvmFunction,
  change: Change & { readonly do: 'extract' },
  patch: string,
): Functions {
  const moved = present(
    allNodes(target.body).find(({ id }) => id === change.at),
    change.at,
  );
  invariant(moved.kind === 'test', `${change.at} is a test`);
  const before = adopt(change.before, moved.then, patch);
  const after = adopt(change.after, [...before, ...moved.then], patch);
  const taken: KvmFunction = {
    ...change.into,
    file: target.file,
    extractedFrom: target.name,
    body: [...before, ...moved.then, ...after],
  };
  const left = withNode(target, change.at, places.replace, change.leaving, patch);
  return { ...functions, [target.name]: left, [taken.name]: taken };
}

/** The functions with a patch on them. The patch must fit: a kernel that cannot be built is a mistake of this program. */
export function applyPatch(functions: Functions, patch: Patch): Functions {
  return patch.changes.reduce((set, change) => applyChange(set, change, patch.id), functions);
}
