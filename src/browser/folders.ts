/** Where files of a folder were dropped or chosen from, by path; a file that was dropped alone has its name only. */
const paths = new WeakMap<File, string>();

/** A file's path below what was opened. */
export function pathOf(file: File): string {
  return paths.get(file) ?? (file.webkitRelativePath === '' ? file.name : file.webkitRelativePath);
}

/** What to take of a folder. */
export interface Wanted {
  readonly isOnTheWay: (folder: string) => boolean;
  readonly isWanted: (path: string) => boolean;
}

/** Files and folders looked at before a walk says that this is too much. */
const mostEntries = 200_000;

/**
 * Walk through what was dropped and collect the files that are wanted. Goes into no folder but those on the way, and
 * into every folder that was itself dropped. Throws where the browser cannot read, or the signal stops it.
 */
export async function walkFolders(
  dropped: readonly FileSystemEntry[],
  { isOnTheWay, isWanted }: Wanted,
  signal: AbortSignal,
  onProgress: (found: number, looked: number) => void,
): Promise<readonly File[]> {
  const files: File[] = [];
  const open = [...dropped];
  let looked = 0;
  for (let entry = open.pop(); entry; entry = open.pop()) {
    signal.throwIfAborted();
    looked += 1;
    if (looked > mostEntries) throw new Error(`more than ${mostEntries} files in the folders on the way`);
    const path = entry.fullPath.replace(/^\//, '');
    if (isFile(entry)) {
      if (!isWanted(path)) continue;
      // oxlint-disable-next-line eslint/no-await-in-loop -- one after the other, so that a stop is heeded.
      const file = await fileOf(entry);
      paths.set(file, path);
      files.push(file);
    } else if (isFolder(entry) && (dropped.includes(entry) || isOnTheWay(entry.name))) {
      // oxlint-disable-next-line eslint/no-await-in-loop -- as above.
      open.push(...(await entriesOf(entry)));
    }
    if (looked % 100 === 0) onProgress(files.length, looked);
  }
  return files.toSorted((left, right) => (pathOf(left) < pathOf(right) ? -1 : 1));
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));

/** All entries of a folder: the browser hands them out a hundred at a time. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    // oxlint-disable-next-line eslint/no-await-in-loop -- one hundred after the other.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}
