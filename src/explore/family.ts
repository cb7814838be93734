import type { KvmFunction } from '#kvm/ir.ts';
import type { FunctionSet, Kernel } from '#kvm/kernel.ts';

/** Several kernels as one: which of their functions differ, and which version each kernel has. */
export class Family {
  readonly kernels: readonly Kernel[];
  /** Names of the functions of which there is more than one version, or which some kernel lacks. */
  readonly differing: readonly string[];
  private readonly versions: readonly Uint8Array[];
  private readonly watched: readonly Kernel[];
  private onLookup: (differing: number) => void = () => undefined;

  constructor(kernels: readonly Kernel[]) {
    this.kernels = kernels;
    const names = [...new Set(kernels.flatMap(({ functions }) => Object.keys(functions)))];
    const ofName = (name: string): readonly (KvmFunction | undefined)[] =>
      kernels.map(({ functions }) => functions[name]);
    this.differing = names.filter((name) => new Set(ofName(name)).size > 1);
    const numbered = this.differing.map((name) => {
      const list = ofName(name);
      return list.map((one) => list.indexOf(one));
    });
    this.versions = kernels.map((_, kernel) => Uint8Array.from(numbered, (versions) => versions[kernel]!));
    this.watched = kernels.map((kernel) => this.watch(kernel));
  }

  /** For each differing function the version that the kernel has: the first kernel with the same one. */
  versionsOf(kernel: number): Uint8Array {
    return this.versions[kernel]!;
  }

  /** The kernel, telling each time that the version of a differing function matters. One is used at a time. */
  traced(index: number, onLookup: (differing: number) => void): Kernel {
    this.onLookup = onLookup;
    return this.watched[index]!;
  }

  private watch(kernel: Kernel): Kernel {
    const functions = Object.create(kernel.functions) as FunctionSet;
    for (const [at, name] of this.differing.entries()) {
      const get = (): KvmFunction | undefined => {
        this.onLookup(at);
        return kernel.functions[name];
      };
      Object.defineProperty(functions, name, { get });
    }
    return { ...kernel, functions };
  }
}
