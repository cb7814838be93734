import { present } from '#base/assert.ts';
import { branches, type KvmFunction, type Node } from './ir.ts';
import type { Kernel } from './kernel.ts';
import { kernel } from './kernels.ts';

/** The kernel that an id names, which must be good. */
export function kernelOf(id: string): Kernel {
  const built = kernel(id);
  return present(built.ok ? built.value : undefined, built.ok ? id : built.error);
}

/** The ids of a function's nodes, indented by what they stand in: a picture of it for comparing. */
export function outline(fn: KvmFunction): readonly string[] {
  const lines = (nodes: readonly Node[], depth: number): readonly string[] =>
    nodes.flatMap((node) => [
      `${'  '.repeat(depth)}${node.id}`,
      ...branches(node).flatMap((inner) => lines(inner, depth + 1)),
    ]);
  return lines(fn.body, 0);
}

/** Every kernel id that the rules allow, releases aside. */
export const everyKernelId: readonly string[] = ['6.12', '6.12+gif', '7.0'].flatMap((base) =>
  ['', '+v1', '+v2', '+hook', '+merged'].flatMap((answer) =>
    ['', '+recalc'].map((recalc) => `${base}${answer}${recalc}`),
  ),
);
