import { localsIn } from '#machine/expr.ts';
import { allNodes, branches, type KvmFunction, type Node } from './ir.ts';
import type { FunctionSet } from './kernel.ts';

/** What a look at the code as data tells, with nothing run. */

function readBy(node: Node): readonly string[] {
  switch (node.kind) {
    case 'test':
      return localsIn(node.when);
    case 'effect':
      return node.does.flatMap((does) => [
        ...(does.when ? localsIn(does.when) : []),
        ...('write' in does ? localsIn(does.value) : []),
      ]);
    case 'let':
    case 'return':
      return localsIn(node.value);
    case 'call':
    case 'trace':
      return Object.values(node.args).flatMap(localsIn);
    case 'dispatch':
      return localsIn(node.on);
    case 'loop':
      return [];
  }
}

function setBy(node: Node): readonly string[] {
  if (node.kind === 'let') return [node.name];
  return (node.kind === 'call' || node.kind === 'dispatch') && node.into !== undefined ? [node.into] : [];
}

type Known = ReadonlySet<string>;

function inAll([first, ...others]: readonly Known[]): readonly string[] {
  return [...(first ?? [])].filter((name) => others.every((one) => one.has(name)));
}

/** What is known after a list of nodes; undefined where every path has returned. */
function follow(nodes: readonly Node[], before: Known, unset: Set<string>): Known | undefined {
  let known: Known = before;
  for (const node of nodes) {
    for (const name of readBy(node)) if (!known.has(name)) unset.add(name);
    if (node.kind === 'return') return undefined;
    known = new Set([...known, ...setBy(node)]);
    const ends = branches(node).map((inner) => follow(inner, known, unset));
    if (node.kind === 'loop') return undefined;
    const open = ends.filter((end) => end !== undefined);
    if (ends.length > 0 && open.length === 0) return undefined;
    if (open.length > 0) known = new Set([...known, ...inAll(open)]);
  }
  return known;
}

/** The locals that a function may read before anything set them. */
export function unsetLocals(fn: KvmFunction): readonly string[] {
  const unset = new Set<string>();
  follow(fn.body, new Set(fn.params), unset);
  return [...unset];
}

/** The functions that a function calls by name. */
export function callees(fn: KvmFunction): readonly string[] {
  return allNodes(fn.body).flatMap((node) => {
    if (node.kind === 'call') return [node.fn];
    return node.kind === 'dispatch' ? Object.values(node.to) : [];
  });
}

/** Everything that is entered from the given functions on. */
export function reachable(functions: FunctionSet, from: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    const fn = functions[name];
    if (fn) open.push(...callees(fn));
  }
  return found;
}
