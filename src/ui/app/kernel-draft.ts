import { bases, baseIds, kernel, patches } from '#kvm/kernels.ts';
import type { Patch } from '#kvm/patch.ts';

/** A kernel id while it is being put together. */

export function draftBase(draft: string): string {
  return draft.split('+')[0] ?? '';
}

export function draftPatches(draft: string): readonly string[] {
  return draft.split('+').slice(1);
}

const join = (base: string, names: readonly string[]): string =>
  [base, ...patches.map(({ id }) => id).filter((id) => names.includes(id))].join('+');

/** The draft on another base, without patches that do not apply there. */
export function withBase(draft: string, base: string): string {
  const names = draftPatches(draft).filter((name) => kernel(join(base, [name])).ok);
  return join(base, names);
}

/** The draft with a patch more or less; of those that exclude each other the last one stays. */
export function withPatch(draft: string, patch: Patch): string {
  const names = draftPatches(draft);
  if (names.includes(patch.id)) {
    return join(
      draftBase(draft),
      names.filter((name) => name !== patch.id),
    );
  }
  const others = names.filter((name) => patches.find(({ id }) => id === name)?.slot !== patch.slot);
  return join(draftBase(draft), [...others, patch.id]);
}

/** Why a patch cannot be put on a base; undefined where it can. */
export function whyNotPatch(draft: string, patch: Patch): string | undefined {
  const alone = kernel(join(draftBase(draft), [patch.id]));
  // The kernel's id, which the error begins with, is in the field already.
  return alone.ok ? undefined : alone.error.replace(/^[^ ]*: /, '');
}

/** A base by its name, with what it is. */
export function baseTitle(id: string): string {
  const built = kernel(id);
  return built.ok ? built.value.base.title : (bases.find((base) => base.id === id)?.title ?? id);
}

export { baseIds };

/** Sets of kernels that are often wanted. */
export const presets: readonly { readonly title: string; readonly ids: readonly string[] }[] = [
  { title: 'Before and after', ids: ['7.0', '7.1'] },
  { title: 'What was posted', ids: ['7.0', '7.0+v1', '7.0+v2', '7.1'] },
  { title: 'All triple faults', ids: ['7.0', '7.0+v2', '7.0+hook', '7.1'] },
  { title: 'As recorded', ids: ['6.12', '6.12+v1', '6.12+v2', '6.12+merged'] },
];
