import { fail, ok, type Result } from '#base/result.ts';
import { textOf } from '#browser/files.ts';
import { pathOf, walkFolders } from '#browser/folders.ts';
import { workInSlices } from '#browser/slices.ts';
import { baseIds, kernel } from '#kvm/kernels.ts';
import type { CFile } from '#source/c/functions.ts';
import { fitKernels } from '#source/c/fit.ts';
import { anyModelled, OpenedSource, readSource } from '#source/c/opened.ts';
import { isOnTheWay, isWanted, mostBytes, mostFileBytes } from '#source/c/wanted.ts';
import { openSource, reading, showSource } from './store.ts';

/** Stops what is being found out about the source that was opened before. */
let fitting = new AbortController();

/** Close the source: nothing of it is kept. */
export function closeSource(): void {
  fitting.abort();
  openSource.set(undefined);
}

/** The files of a kernel tree among dropped folders. */
export async function filesOfFolders(
  folders: readonly FileSystemEntry[],
): Promise<Result<readonly File[], string>> {
  const names = folders.map(({ name }) => name).join(', ');
  const stopped = new AbortController();
  const tell = (found: number, looked: number): void =>
    reading.set({
      words: `Looking through ${names}: ${looked} files, ${found} of them of KVM`,
      stop: () => stopped.abort(),
    });
  tell(0, 0);
  try {
    const files = await walkFolders(folders, { isOnTheWay, isWanted }, stopped.signal, tell);
    return files.length > 0
      ? ok(files)
      : fail(`${names}: no source of KVM in it; a folder with arch/x86/kvm, or with svm.c, is allowed`);
  } catch (error) {
    if (stopped.signal.aborted) return fail(`${names}: stopped`);
    return fail(`${names}: ${error instanceof Error ? error.message : 'cannot be read'}`);
  } finally {
    reading.set(undefined);
  }
}

/** Open files of C: what was open before gives way once all of them are read. */
export async function openFiles(files: readonly File[]): Promise<Result<null, string>> {
  const stopped = new AbortController();
  try {
    const read = await readAll(files, stopped);
    if (!read.ok) return read;
    const opened = new OpenedSource(read.value);
    const known = kernel(baseIds[0] ?? '');
    const useful = known.ok ? anyModelled(opened, known.value) : fail(known.error);
    if (!useful.ok) return useful;
    fitting.abort();
    fitting = new AbortController();
    openSource.set({ opened, fits: undefined, shown: true, goal: undefined });
    void findOut(opened, fitting.signal);
    return ok(null);
  } finally {
    reading.set(undefined);
  }
}

async function readAll(
  files: readonly File[],
  stopped: AbortController,
): Promise<Result<readonly CFile[], string>> {
  const read: CFile[] = [];
  let bytes = 0;
  for (const file of files) {
    const name = pathOf(file);
    reading.set({ words: `Reading ${name}`, stop: () => stopped.abort() });
    // oxlint-disable-next-line eslint/no-await-in-loop -- one after the other, so that the page stays free between them.
    const text = await textOf(file, mostFileBytes);
    if (!text.ok) return fail(`${name}: ${text.error}`);
    bytes += file.size;
    if (bytes > mostBytes)
      return fail(
        `${name}: more than ${mostBytes / 1e6} MB with the files before it, at most that much together`,
      );
    // oxlint-disable-next-line eslint/no-await-in-loop -- as above.
    const one = await workInSlices(readSource(name, text.value), stopped.signal);
    if (!one) return fail(`${name}: stopped`);
    if (!one.ok) return one;
    read.push(one.value);
  }
  return ok(read);
}

async function findOut(opened: OpenedSource, signal: AbortSignal): Promise<void> {
  const fits = await workInSlices(fitKernels(opened), signal);
  if (fits && openSource.get()?.opened === opened) showSource({ fits });
}
