import { fail, type Result } from '#base/result.ts';
import { headOf } from '#browser/file-head.ts';
import { showRecording } from '../recording/store.ts';
import type { InputKind, InputPage } from './kinds.ts';
import { inputKinds } from './table.ts';

/** Open what was dropped or chosen, whatever it is. What is open already stays where that cannot be done. */
export async function openInputs(
  dropped: readonly File[],
  page: InputPage,
  folders: readonly FileSystemEntry[] = [],
): Promise<Result<null, string>> {
  const inFolders = await filesIn(folders);
  if (!inFolders.ok) return inFolders;
  const files = [...dropped, ...inFolders.value];
  const [first] = files;
  if (!first) return fail('no file came with it that can be opened');
  const kinds: (InputKind | undefined)[] = [];
  for (const file of files) {
    // oxlint-disable-next-line eslint/no-await-in-loop -- in order, so that the first wrong one is named.
    const kind = await kindOf(file);
    if (!kind.ok) return kind;
    if (!kind.value) return fail(`${file.name}: ${unknownKind}`);
    kinds.push(kind.value);
  }
  const kind = kinds[0]!;
  if (kinds.some((other) => other !== kind))
    return fail(`${files.length} files of different kinds, one kind at a time`);
  if (!kind.many && files.length > 1) return fail(`${files.length} files, one at a time`);
  const taken = await kind.take(files, page);
  // What was opened is to be seen: a recording that stands in front of the run gives way.
  if (taken.ok && kind.id !== 'recording') showRecording(false);
  return taken;
}

const unknownKind = `nothing that can be opened here, which is: ${inputKinds
  .map(({ title }) => title[0]!.toLowerCase() + title.slice(1))
  .join('; ')}`;

/** What can be opened of folders: source of a kernel tree. */
async function filesIn(folders: readonly FileSystemEntry[]): Promise<Result<readonly File[], string>> {
  if (folders.length === 0) return { ok: true, value: [] };
  return (await import('../source/open.ts')).filesOfFolders(folders);
}

async function kindOf(file: File): Promise<Result<InputKind | undefined, string>> {
  try {
    const head = await headOf(file);
    return { ok: true, value: inputKinds.find(({ is }) => is(head)) };
  } catch {
    return fail(`${file.name}: cannot be read`);
  }
}
