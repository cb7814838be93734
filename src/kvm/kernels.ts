import { fail, ok, type Result } from '#base/result.ts';
import { base612 } from './bases/6.12.ts';
import { base70 } from './bases/7.0.ts';
import type { Base, Kernel } from './kernel.ts';
import { applyPatch, patchSlots, type Patch } from './patch.ts';
import { gif } from './patches/gif.ts';
import { hook } from './patches/hook.ts';
import { merged } from './patches/merged.ts';
import { recalc } from './patches/recalc.ts';
import { v1 } from './patches/v1.ts';
import { v2 } from './patches/v2.ts';

/** Every patch, in the order in which a kernel id names them. A new patch is one file and one line here. */
export const patches: readonly Patch[] = [gif, v1, v2, hook, merged, recalc];

/** Bases with their own functions. */
export const bases: readonly Base[] = [base612, base70];

/** Names for a base with patches that was released as such. */
const releases: Readonly<
  Record<
    string,
    {
      readonly base: string;
      readonly patches: readonly string[];
      readonly title: string;
      readonly version: string;
    }
  >
> = {
  '7.1': { base: '7.0', patches: ['merged', 'recalc'], title: 'Linux 7.1', version: 'v7.1' },
};

/** Every name that can stand before the first `+`. */
export const baseIds: readonly string[] = [...bases.map(({ id }) => id), ...Object.keys(releases)];

/** What `all` means. */
export const allKernelIds: readonly string[] = ['7.0', '7.0+v1', '7.0+v2', '7.0+hook', '7.1'];

/** The kernels of the recordings. */
export const recordedKernelIds: readonly string[] = ['6.12', '6.12+v1', '6.12+v2', '6.12+merged', '6.12+gif'];

const built = new Map<string, Kernel>();

function order(patch: Patch): number {
  return patchSlots.indexOf(patch.slot);
}

function checkPatches(id: string, base: Base, chosen: readonly Patch[]): string | undefined {
  for (const [index, patch] of chosen.entries()) {
    if (!patch.bases.includes(base.id))
      return `${id}: ${patch.id} applies to ${patch.bases.join(', ')}, not to ${base.id}`;
    const before = chosen[index - 1];
    if (before && order(before) === order(patch))
      return `${id}: ${before.id} and ${patch.id} exclude each other`;
    if (before && order(before) > order(patch)) return `${id}: ${patch.id} comes before ${before.id}`;
  }
  return undefined;
}

function build(id: string): Result<Kernel, string> {
  const [name = '', ...names] = id.split('+');
  const release = releases[name];
  const base = bases.find((one) => one.id === (release?.base ?? name));
  if (!base) return fail(`unknown base "${name}", one of ${baseIds.join(' ')}`);
  const wanted = [...(release?.patches ?? []), ...names];
  const chosen: Patch[] = [];
  for (const one of wanted) {
    const patch = patches.find((candidate) => candidate.id === one);
    if (!patch) return fail(`unknown patch "${one}", one of ${patches.map((each) => each.id).join(' ')}`);
    chosen.push(patch);
  }
  const problem = checkPatches(id, base, chosen);
  if (problem !== undefined) return fail(problem);
  return ok({
    id,
    base: release
      ? { ...base, id: name, title: release.title, tree: { ...base.tree, version: release.version } }
      : base,
    patches: chosen,
    functions: chosen.reduce(applyPatch, base.functions),
  });
}

/** The kernel that an id names, built once. */
export function kernel(id: string): Result<Kernel, string> {
  const known = built.get(id);
  if (known) return ok(known);
  const result = build(id);
  if (result.ok) built.set(id, result.value);
  return result;
}

/** The kernels of a comma-separated list, in its order; `all` stands for five of them. */
export function kernelList(text: string): Result<readonly Kernel[], string> {
  const list: Kernel[] = [];
  for (const id of text.split(',').flatMap((one) => (one === 'all' ? allKernelIds : [one]))) {
    const result = kernel(id);
    if (!result.ok) return result;
    if (!list.includes(result.value)) list.push(result.value);
  }
  return ok(list);
}
