import { allNodes, type KvmFunction } from '#kvm/ir.ts';
import { functionOf, type Kernel } from '#kvm/kernel.ts';

/** The functions on the way to something, each set once. */
class Way {
  private readonly functions: readonly KvmFunction[];
  private readonly kernels = new WeakMap<Kernel, boolean>();

  constructor(functions: readonly KvmFunction[]) {
    this.functions = functions;
  }

  /** Whether they are the functions of this kernel too. */
  isOf(kernel: Kernel): boolean {
    let is = this.kernels.get(kernel);
    if (is === undefined) {
      is = this.functions.every((fn) => kernel.functions[fn.name] === fn);
      this.kernels.set(kernel, is);
    }
    return is;
  }
}

const numbers = new WeakMap<KvmFunction, number>();
let numbered = 0;

function numberOf(fn: KvmFunction): number {
  let number = numbers.get(fn);
  if (number === undefined) {
    number = numbered;
    numbered += 1;
    numbers.set(fn, number);
  }
  return number;
}

/** A function with all that it can call. */
export function callable(kernel: Kernel, name: string, found = new Set<KvmFunction>()): Set<KvmFunction> {
  const fn = functionOf(kernel, name);
  if (found.has(fn)) return found;
  found.add(fn);
  for (const node of allNodes(fn.body)) {
    if (node.kind === 'call') callable(kernel, node.fn, found);
    else if (node.kind === 'dispatch') for (const to of Object.values(node.to)) callable(kernel, to, found);
  }
  return found;
}

/** Something learnt, with every function that was asked for it. */
export interface Learning<Value> {
  readonly value: Value;
  readonly functions: ReadonlySet<KvmFunction>;
}

interface Kept<Value> extends Learning<Value> {
  readonly way: Way;
}

/** What was learnt on one kernel and holds on every other that has the same functions on the way. */
export class Learnt<Value> {
  private readonly known = new Map<string, Kept<Value>[]>();
  private readonly ways = new Map<string, Way>();

  get size(): number {
    return this.known.size;
  }

  find(kernel: Kernel, key: string): Learning<Value> | undefined {
    return this.known.get(key)?.find(({ way }) => way.isOf(kernel));
  }

  keep(key: string, learning: Learning<Value>): Learning<Value> {
    const kept = { ...learning, way: this.wayOf(learning.functions) };
    const known = this.known.get(key);
    if (known) known.push(kept);
    else this.known.set(key, [kept]);
    return kept;
  }

  private wayOf(functions: ReadonlySet<KvmFunction>): Way {
    const key = [...functions]
      .map(numberOf)
      .toSorted((left, right) => left - right)
      .join(' ');
    let way = this.ways.get(key);
    if (!way) {
      way = new Way([...functions]);
      this.ways.set(key, way);
    }
    return way;
  }

  forget(): void {
    this.known.clear();
    this.ways.clear();
  }
}
