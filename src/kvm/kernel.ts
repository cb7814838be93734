import { invariant, present } from '#base/assert.ts';
import type { KvmFunction } from './ir.ts';
import type { Patch } from './patch.ts';

/** A set of functions, by name. */
export type FunctionSet = Readonly<Record<string, KvmFunction>>;

/** A tree of the kernel that patches apply to. */
export interface Base {
  readonly id: string;
  readonly title: string;
  /** Where its source can be read, for links. */
  readonly tree: {
    readonly version: string;
    readonly lines: Readonly<Record<string, readonly [string, number]>>;
  };
  readonly functions: FunctionSet;
}

/** A base with patches on it: what a kernel id names. */
export interface Kernel {
  readonly id: string;
  readonly base: Base;
  readonly patches: readonly Patch[];
  readonly functions: FunctionSet;
}

/** The functions as a set. Two of one name are a mistake of this program. */
export function functionSet(...lists: readonly (readonly KvmFunction[])[]): FunctionSet {
  const set: Record<string, KvmFunction> = {};
  for (const one of lists.flat()) {
    invariant(!set[one.name], `one ${one.name}() only`);
    set[one.name] = one;
  }
  return set;
}

/** The set with some functions replaced or added. */
export function override(set: FunctionSet, ...changed: readonly KvmFunction[]): FunctionSet {
  return { ...set, ...functionSet(changed) };
}

export function functionOf(kernel: Kernel, name: string): KvmFunction {
  return present(kernel.functions[name], `${name}() in ${kernel.id}`);
}
