import type { KvmFunction } from '#kvm/ir.ts';
import type { Kernel } from '#kvm/kernel.ts';
import { baseIds, kernel, patches } from '#kvm/kernels.ts';
import { isOfKernel } from '#kvm/links.ts';
import type { OpenedSource } from './opened.ts';
import type { Tie, TiedFunction } from './tie.ts';

/** How well a kernel of the model fits the source. */
export interface KernelFit {
  readonly kernel: string;
  /** Places where the source does what only other kernels have, or lacks what this one has. */
  readonly places: number;
  /** The functions that they are in. */
  readonly functions: readonly string[];
}

/** Every kernel that source is held against: each base, alone and with each patch. */
function kernelsToFit(): readonly Kernel[] {
  const ids = baseIds.flatMap((id) => [id, ...patches.map((patch) => `${id}+${patch.id}`)]);
  return ids.flatMap((id) => {
    const made = kernel(id);
    return made.ok ? [made.value] : [];
  });
}

/** Say which kernels of the model fit the source, best first. Yields between functions; the work is long. */
export function* fitKernels(opened: OpenedSource): Generator<string, readonly KernelFit[]> {
  const kernels = kernelsToFit();
  const costs = new Map(kernels.map(({ id }) => [id, new Map<string, number>()]));
  for (const name of new Set(kernels.flatMap(({ functions }) => Object.keys(functions)))) {
    for (const [id, cost] of costOf(opened, kernels, name)) costs.get(id)?.set(name, cost);
    yield name;
  }
  const fits = [...costs].map(([id, by]) => ({
    kernel: id,
    places: [...by.values()].reduce((total, cost) => total + cost, 0),
    functions: [...by].filter(([, cost]) => cost > 0).map(([name]) => name),
  }));
  return fits.toSorted((left, right) => left.places - right.places);
}

/** By kernel in how many places one function of it does not fit, beyond those in which none does. */
function costOf(opened: OpenedSource, kernels: readonly Kernel[], name: string): ReadonlyMap<string, number> {
  const forms = new Map<KvmFunction, TiedFunction | undefined>();
  for (const one of kernels) {
    const fn = one.functions[name];
    if (fn && isOfKernel(fn) && !forms.has(fn)) forms.set(fn, opened.tied(one, fn));
  }
  const claims = [...forms.values()].flatMap((tied) =>
    tied ? sureTies(tied).filter(({ source }) => source === tied.source) : [],
  );
  const found = claims.length > 0;
  const costs = new Map<string, number>();
  for (const { id, functions } of kernels) {
    const fn = functions[name];
    // The source has a function that this kernel has not, as one of its own at least.
    if (!fn) costs.set(id, found ? 1 : 0);
    else if (forms.has(fn)) costs.set(id, formCost(opened, fn, forms.get(fn), claims));
  }
  const least = Math.min(...costs.values());
  return new Map([...costs].map(([id, cost]) => [id, cost - least]));
}

/** In how many places a form of a function and the source differ, by what the other forms find in the source. */
function formCost(
  { tree }: OpenedSource,
  fn: KvmFunction,
  tied: TiedFunction | undefined,
  claims: readonly Tie[],
): number {
  if (!tied) return tree.hasFile(fn.file) ? 1 : 0;
  const own = sureTies(tied);
  const lines = new Set(own.map(({ source, from }) => `${source.file}:${from}`));
  const exact = new Set(claims.filter((one) => one.exact).map(({ item }) => item));
  const missing = [...tied.untied.values()].filter((why) => why === 'not in the source').length;
  const unclaimed = claims.filter(({ source, from }) => !lines.has(`${source.file}:${from}`));
  const inexact = own.filter((one) => !one.exact && exact.has(one.item));
  return missing + new Set(unclaimed.map(({ item }) => item)).size + inexact.length;
}

/** What of the source is surely that of the model. */
const sureTies = ({ ties }: TiedFunction): readonly Tie[] =>
  [...ties.values()].filter(({ how }) => how === 'sure');

/** Which kernels fit best, in one sentence. */
export function fitWords(fits: readonly KernelFit[], shown: string): string {
  const best = fits.filter(({ places }) => places === fits[0]?.places);
  const own = fits.find(({ kernel: id }) => id === shown);
  const names = best.map(({ kernel: id }) => id);
  const told =
    names.length === 1 ? `like ${names[0]}` : `like ${listed(names)}: these files do not tell them apart`;
  if (!own || names.includes(shown)) return `This looks ${told}.`;
  const more = own.places - (fits[0]?.places ?? 0);
  return `This looks ${told}. ${shown} differs in ${more} more ${more === 1 ? 'place' : 'places'}, in ${listed(own.functions.map((name) => `${name}()`))}.`;
}

/** Names told at once. */
const mostNames = 4;

function listed(names: readonly string[]): string {
  const more = names.length - mostNames;
  return `${names.slice(0, mostNames).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
