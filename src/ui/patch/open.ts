import { fail, ok, type Result } from '#base/result.ts';
import { idle, workInSlices } from '#browser/slices.ts';
import { unpackedBytes } from '#browser/unpacked.ts';
import type { Letter } from '#source/patch/letter.ts';
import { limits } from '#source/patch/limits.ts';
import { openPatches, type PatchFile } from '#source/patch/open.ts';
import { recognise } from '#source/patch/recognise.ts';
import { tieHunk, tieKey } from '#source/patch/ties.ts';
import { showPatches, type OpenLetter, type TiedHunk } from './store.ts';

/** Longest stretch of reading between two chances for the page to paint, in milliseconds. */
const slice = 8;

/** What lets the page paint, if it has waited long enough. */
function pauses(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < slice) return;
    await idle();
    since = performance.now();
  };
}

async function patchFile(file: File): Promise<Result<PatchFile, string>> {
  const bytes = await unpackedBytes(file, limits.file);
  if (!bytes.ok) return fail(`${file.name}: ${bytes.error}`);
  return ok({ name: file.name, bytes: bytes.value, text: new TextDecoder().decode(bytes.value) });
}

function* openLetter(letter: Letter, index: number): Generator<undefined, OpenLetter> {
  const hunks: TiedHunk[] = [];
  for (const file of letter.files) {
    for (const hunk of file.hunks) {
      const tied = tieHunk(file, hunk);
      hunks.push({ id: `${index} ${hunks.length}`, file, hunk, tied, rows: new Set(tied.ties.map(tieKey)) });
      yield;
    }
  }
  return { letter, recognition: letter.files.length > 0 ? recognise(letter) : undefined, hunks };
}

function* openLetters(letters: readonly Letter[]): Generator<undefined, readonly OpenLetter[]> {
  const opened: OpenLetter[] = [];
  for (const [index, letter] of letters.entries()) opened.push(yield* openLetter(letter, index));
  return opened;
}

/** Open mailboxes, mails and diffs in the sheet. What is open stays where that cannot be done. */
export async function openPatchFiles(files: readonly File[]): Promise<Result<null, string>> {
  const read: PatchFile[] = [];
  for (const file of files) {
    // oxlint-disable-next-line eslint/no-await-in-loop -- in order, so that the first wrong one is named.
    const one = await patchFile(file);
    if (!one.ok) return one;
    read.push(one.value);
  }
  const set = await openPatches(read, pauses());
  if (!set.ok) return set;
  const { series, others, replies } = set.value;
  const listed = [...series.flatMap(({ letters }) => letters), ...others, ...replies];
  const letters = await workInSlices(openLetters(listed), new AbortController().signal);
  if (letters) showPatches(set.value, letters);
  return ok(null);
}
