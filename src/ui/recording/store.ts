import { useSyncExternalStore } from 'react';

import { makeStore } from '#base/store.ts';
import type {
  Alignment,
  Findings,
  Ranking,
  ReadProgress,
  RecordingQuestions,
  RecordingSummary,
} from '#trace/questions.ts';

/** A recording that is being read. */
export interface Importing {
  readonly name: string;
  readonly progress: ReadProgress;
  /** Since it began, in milliseconds. */
  readonly took: number;
  readonly stop: () => void;
}

/** How the visitor looks at an open recording. */
export interface RecordingLook {
  /** The chosen event, among all of the recording. */
  readonly cursor: number;
  /** Among the recording's vCPUs; undefined: all. */
  readonly vcpu: number | undefined;
  /** What is looked for, as it is typed. */
  readonly query: string;
  /** The list leaves out what does not match. */
  readonly only: boolean;
  /** The kernel that it is held against; undefined: none was chosen yet. */
  readonly kernel: string | undefined;
  /** The first and the last event of what is to be taken as a program, as far as they were marked. */
  readonly stretch: { readonly from: number | undefined; readonly to: number | undefined };
  /** Which panel is shown where there is room for one. */
  readonly tab: 'events' | 'chart' | 'conformance';
}

/** What was found out about a recording as a whole: to ask again would be to read it again. */
export interface FoundOut {
  readonly findings?: Findings;
  readonly ranking?: Ranking;
  /** By kernel. */
  readonly alignments: Readonly<Record<string, Alignment>>;
}

export interface OpenRecording {
  /** Reads of the same file are different recordings. */
  readonly key: number;
  readonly summary: RecordingSummary;
  readonly questions: RecordingQuestions;
  readonly look: RecordingLook;
  readonly foundOut: FoundOut;
  readonly close: () => void;
}

/** What the page knows of recordings. Nothing of it is stored. */
export interface Recordings {
  readonly importing: Importing | undefined;
  readonly open: OpenRecording | undefined;
  /** The open recording stands in place of the run. */
  readonly shown: boolean;
  /** Why the last one could not be opened. */
  readonly failed: string | undefined;
}

const none: Recordings = { importing: undefined, open: undefined, shown: false, failed: undefined };

export const recordingStore = makeStore(none);

export const useRecordings = (): Recordings =>
  useSyncExternalStore(recordingStore.subscribe, recordingStore.get, recordingStore.get);

/** Whether a recording stands in place of the run. */
export const useIsRecordingShown = (): boolean =>
  useSyncExternalStore(
    recordingStore.subscribe,
    () => recordingStore.get().shown,
    () => recordingStore.get().shown,
  );

export function changeRecordings(change: Partial<Recordings>): void {
  recordingStore.set({ ...recordingStore.get(), ...change });
}

/** Look at the open recording otherwise. The cursor stays within it. */
export function lookAt(change: Partial<RecordingLook>): void {
  const { open } = recordingStore.get();
  if (!open) return;
  const look = { ...open.look, ...change };
  const last = Math.max(open.summary.events - 1, 0);
  const cursor = Math.min(Math.max(look.cursor, 0), last);
  changeRecordings({ open: { ...open, look: { ...look, cursor } } });
}

/** Remember something about a recording as long as it is open. */
export function remember(key: number, change: (before: FoundOut) => FoundOut): void {
  const { open } = recordingStore.get();
  if (open?.key === key) changeRecordings({ open: { ...open, foundOut: change(open.foundOut) } });
}

export const nothingFoundOut: FoundOut = { alignments: {} };

export const firstRecordingLook: RecordingLook = {
  cursor: 0,
  vcpu: undefined,
  query: '',
  only: false,
  kernel: undefined,
  stretch: { from: undefined, to: undefined },
  tab: 'events',
};

/** Leave the recording open behind the run, or come back to it. */
export const showRecording = (shown: boolean): void => changeRecordings({ shown });

export function closeRecording(): void {
  recordingStore.get().open?.close();
  changeRecordings({ open: undefined, shown: false });
}
