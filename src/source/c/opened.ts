import type { KvmFunction } from '#kvm/ir.ts';
import type { Kernel } from '#kvm/kernel.ts';
import { fail, ok, type Result } from '#base/result.ts';
import { disagreements, type Disagreement } from './compare.ts';
import { readInSteps, type CFile } from './functions.ts';
import { tieFunction, type TiedFunction } from './tie.ts';
import { SourceTree } from './tree.ts';

/** What is known of a function on the opened source. */
export interface TiedSource extends TiedFunction {
  readonly disagreements: readonly Disagreement[];
}

/** The source that is open, with what was found out about it so far. */
export class OpenedSource {
  readonly tree: SourceTree;
  private readonly known = new WeakMap<KvmFunction, TiedSource | 'none'>();

  constructor(files: readonly CFile[]) {
    this.tree = new SourceTree(files);
  }

  get names(): readonly string[] {
    return this.tree.files.map(({ name }) => name);
  }

  /** A function of a kernel on the source; undefined where the source has none of that name. */
  tied(kernel: Kernel, fn: KvmFunction): TiedSource | undefined {
    let known = this.known.get(fn);
    if (!known) {
      const tied = tieFunction(this.tree, kernel, fn);
      known = tied ? { ...tied, disagreements: disagreements(this.tree, kernel, tied) } : 'none';
      this.known.set(fn, known);
    }
    return known === 'none' ? undefined : known;
  }
}

/** Read one file, or say in a line what is wrong with it. Yields between functions. */
export function* readSource(name: string, text: string): Generator<string, Result<CFile, string>> {
  const zero = text.indexOf('\0');
  if (zero >= 0)
    return fail(`${name}: character ${zero + 1} is a zero byte: no text, where a text of C is allowed`);
  return ok(yield* readInSteps(name, text));
}

/** Whether there is anything in the files that the model knows; if not, in a line what was looked for. */
export function anyModelled(opened: OpenedSource, kernel: Kernel): Result<null, string> {
  const found = Object.values(kernel.functions).some((fn) => opened.tree.definitions(fn).length > 0);
  const { names } = opened;
  const told = names.length === 1 ? names[0] : `${names.length} files`;
  return found
    ? ok(null)
    : fail(
        `${told}: no function that the model knows; svm.c, nested.c, x86.c and others of arch/x86/kvm have some`,
      );
}
