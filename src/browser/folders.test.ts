import { expect, test } from 'vitest';

import { pathOf, walkFolders } from './folders.ts';

/** A folder as the browser hands it over: by name what is in it, or the text of a file. */
interface Tree {
  readonly [name: string]: Tree | string;
}

function entryOf(name: string, content: Tree | string, above = ''): FileSystemEntry {
  const fullPath = `${above}/${name}`;
  const isFile = typeof content === 'string';
  const entry = {
    name,
    fullPath,
    isFile,
    isDirectory: !isFile,
    file: (done: (file: File) => void) => done(new File(isFile ? [content] : [], name)),
    createReader: () => {
      const left = isFile ? [] : Object.entries(content).map(([one, inner]) => entryOf(one, inner, fullPath));
      // Two at a time, as the browser hands out a hundred.
      return { readEntries: (done: (some: FileSystemEntry[]) => void) => done(left.splice(0, 2)) };
    },
  };
  return entry as unknown as FileSystemEntry;
}

const wanted = {
  isOnTheWay: (folder: string) => folder === 'kvm',
  isWanted: (path: string) => path.endsWith('.c'),
};
const tree = { kvm: { 'b.c': '', 'a.c': '', 'c.c': '', Makefile: '' }, drivers: { 'd.c': '' }, 'e.c': '' };
const nobody = new AbortController().signal;

test('a walk goes into the folder that was dropped and those on the way, and takes what is wanted', async () => {
  const files = await walkFolders([entryOf('linux', tree)], wanted, nobody, () => undefined);
  expect(files.map(pathOf)).toEqual(['linux/e.c', 'linux/kvm/a.c', 'linux/kvm/b.c', 'linux/kvm/c.c']);
});

test('a walk says how far it is, and stops when asked', async () => {
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`${index}.c`, '']));
  const stop = new AbortController();
  const told: (readonly [number, number])[] = [];
  const walk = walkFolders([entryOf('kvm', many)], wanted, stop.signal, (found, looked) => {
    told.push([found, looked]);
    if (looked >= 200) stop.abort();
  });
  await expect(walk).rejects.toThrow(/abort/i);
  expect(told).toEqual([
    [99, 100],
    [199, 200],
  ]);
});
