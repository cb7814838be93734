import { useSyncExternalStore } from 'react';

import { makeStore } from '#base/store.ts';
import type { KernelFit } from '#source/c/fit.ts';
import type { OpenedSource } from '#source/c/opened.ts';

/** A line to bring into view; a new value asks again. */
export interface SourceGoal {
  readonly fn: string;
  readonly line: number;
}

/** The kernel source that the visitor opened. It lives as long as the page. */
export interface OpenSource {
  readonly opened: OpenedSource;
  /** Which kernels it fits; undefined as long as that is being found out. */
  readonly fits: readonly KernelFit[] | undefined;
  /** Whether code panels show it in place of the tree. */
  readonly shown: boolean;
  readonly goal: SourceGoal | undefined;
}

/** Files that are being looked for and read. */
export interface Reading {
  readonly words: string;
  readonly stop: () => void;
}

export const openSource = makeStore<OpenSource | undefined>(undefined);
export const reading = makeStore<Reading | undefined>(undefined);

export const useOpenSource = (): OpenSource | undefined =>
  useSyncExternalStore(openSource.subscribe, openSource.get);
export const useReading = (): Reading | undefined => useSyncExternalStore(reading.subscribe, reading.get);

/** Change what is shown of the source that is open. */
export function showSource(change: Partial<OpenSource>): void {
  const now = openSource.get();
  if (now) openSource.set({ ...now, ...change });
}
