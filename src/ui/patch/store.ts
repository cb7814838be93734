import { useSyncExternalStore } from 'react';

import { makeStore } from '#base/store.ts';
import type { FileDiff, Hunk } from '#source/patch/diff-read.ts';
import type { Letter } from '#source/patch/letter.ts';
import { hunkRange } from '#source/patch/range.ts';
import type { Recognition } from '#source/patch/recognise.ts';
import type { PatchSet } from '#source/patch/series.ts';
import type { HunkTies } from '#source/patch/ties.ts';

/** A hunk with what it has to do with the model. */
export interface TiedHunk {
  /** Unique in what is open. */
  readonly id: string;
  readonly file: FileDiff;
  readonly hunk: Hunk;
  readonly tied: HunkTies;
  /** Rows of the code that it ties to, as the code panel keys them. */
  readonly rows: ReadonlySet<string>;
}

/** A letter as the sheet shows it. */
export interface OpenLetter {
  readonly letter: Letter;
  /** Of what has a diff only. */
  readonly recognition: Recognition | undefined;
  readonly hunks: readonly TiedHunk[];
}

/** What was dropped, and what of it is looked at. */
export interface OpenPatches {
  readonly set: PatchSet;
  /** In the order of the list. */
  readonly letters: readonly OpenLetter[];
  /** Index of the letter that is shown. */
  readonly at: number;
  readonly hunk: TiedHunk | undefined;
  /** The sheet is over the page; otherwise a button leads back to it. */
  readonly shown: boolean;
}

/** The patches of this visit: one set at a time, kept nowhere. */
const store = makeStore<OpenPatches | undefined>(undefined);

export const usePatches = (): OpenPatches | undefined =>
  useSyncExternalStore(store.subscribe, store.get, store.get);

/** The first hunk that ties to something, else the first. */
const firstHunk = ({ hunks }: OpenLetter): TiedHunk | undefined =>
  hunks.find(({ rows }) => rows.size > 0) ?? hunks[0];

/** Show other patches in place of those that are open. */
export function showPatches(set: PatchSet, letters: readonly OpenLetter[]): void {
  const first = letters.findIndex(({ recognition }) => recognition?.patch !== undefined);
  const patch = letters.findIndex(({ letter }) => letter.files.length > 0);
  const at = Math.max(0, first === -1 ? patch : first);
  store.set({ set, letters, at, hunk: letters[at] && firstHunk(letters[at]), shown: true });
}

export const closePatches = (): void => store.set(undefined);

function change(to: Partial<OpenPatches>): void {
  const now = store.get();
  if (now) store.set({ ...now, ...to });
}

export function chooseLetter(at: number): void {
  const letter = store.get()?.letters[at];
  if (letter) change({ at, hunk: firstHunk(letter) });
}

export const chooseHunk = (hunk: TiedHunk): void => change({ hunk });
export const showSheet = (shown: boolean): void => change({ shown });

/** Show a hunk in the sheet, whichever letter it is of. */
export function goToHunk(hunk: TiedHunk): void {
  const at = store.get()?.letters.findIndex(({ hunks }) => hunks.includes(hunk)) ?? -1;
  if (at !== -1) change({ at, hunk, shown: true });
}

const none: ReadonlySet<string> = new Set();

/** The rows that the chosen hunk ties to. */
export const useHunkRows = (): ReadonlySet<string> => usePatches()?.hunk?.rows ?? none;

/** The hunks that tie to a row of the code. */
export function useHunksOf(row: string): readonly TiedHunk[] {
  return usePatches()?.letters.flatMap(({ hunks }) => hunks.filter(({ rows }) => rows.has(row))) ?? [];
}

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** `svm.c @@ -210,5 +210,9 @@` */
export const hunkName = ({ file, hunk }: Pick<TiedHunk, 'file' | 'hunk'>): string =>
  `${fileName(file.path)} ${hunkRange(hunk)}`;
