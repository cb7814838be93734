import { patches } from '#kvm/kernels.ts';
import type { Patch } from '#kvm/patch.ts';
import type { Hunk } from './diff-read.ts';
import type { Letter } from './letter.ts';
import { isKnownFile } from './nodes.ts';
import { makesChange } from './structure.ts';

/** Whether a patch is one that the model has, and by what that was told. */
export interface Recognition {
  readonly patch: Patch | undefined;
  /** `recognised as v2 by its message id and what it changes`, or why not. */
  readonly words: string;
}

const names = (found: readonly Patch[]): string => found.map(({ id }) => id).join(' and ');

/** The patches whose message id or commit a letter bears, and which of the two. */
function bornBy({ messageId, commit }: Letter): readonly { readonly patch: Patch; readonly by: string }[] {
  return patches.flatMap((patch) => {
    if (messageId !== undefined && patch.messageId === messageId) return [{ patch, by: 'message id' }];
    const known = patch.commit !== undefined && commit?.startsWith(patch.commit) === true;
    return known ? [{ patch, by: 'commit' }] : [];
  });
}

/** `what it changes`, and where only a part of that is compared, in which functions. */
function changeOf({ shows }: Patch): string {
  const fns = [...new Set(shows?.map(({ fn }) => `${fn}()`))];
  return fns.length === 0 ? 'what it changes' : `what it changes in ${fns.join(' and ')}`;
}

/** Whether no more than one line stands before and after the change of a hunk, as with `diff -U1`. */
function isBare({ lines }: Hunk): boolean {
  const before = lines.findIndex(({ sign }) => sign !== ' ');
  const after = lines.length - 1 - lines.findLastIndex(({ sign }) => sign !== ' ');
  return before <= 1 && after <= 1;
}

/** Why a letter that bears something of a patch is not it. */
function otherwise({ files }: Letter): string {
  const bare = files.some(
    ({ path, change, hunks }) => change === 'changed' && isKnownFile(path) && hunks.some(isBare),
  );
  return bare ? 'shows too few lines around its change to compare it' : 'makes another change';
}

const sameTitle = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const not = (why: string): Recognition => ({ patch: undefined, words: `not recognised${why}` });
const is = (patch: Patch, by: string): Recognition => ({
  patch,
  words: `recognised as ${patch.id} by ${by}`,
});

/** Tell whether a letter is a patch that the model has. What it changes must agree, whatever its head says. */
export function recognise(letter: Letter): Recognition {
  const { title } = letter.subject;
  const same = patches.filter((patch) => makesChange(letter.files, patch));
  const born = bornBy(letter);
  const proven = born.find(({ patch }) => same.includes(patch));
  if (proven) return is(proven.patch, `its ${proven.by} and by ${changeOf(proven.patch)}`);
  if (born.length > 0)
    return not(`: it bears the ${born[0]!.by} of ${born[0]!.patch.id} but ${otherwise(letter)}`);
  const titled = patches.filter(({ subject }) => sameTitle(subject, title));
  const both = same.find((patch) => titled.includes(patch));
  if (both) return is(both, `its subject and by ${changeOf(both)}`);
  if (titled.length > 0) return not(`: it bears the subject of ${names(titled)} but ${otherwise(letter)}`);
  if (same.length === 0) return not('');
  // A bare diff has no head that could say otherwise.
  if (title === '' && same.length === 1) return is(same[0]!, `${changeOf(same[0]!)}; it has no subject`);
  return not(`: it changes what ${names(same)} does, under another subject`);
}
