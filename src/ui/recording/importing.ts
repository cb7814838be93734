import type { RecordingClient } from '#browser/recording-client.ts';
import { openRecordingFile } from '#browser/recording.ts';
import type { ReadProgress } from '#trace/questions.ts';
import {
  changeRecordings,
  firstRecordingLook,
  nothingFoundOut,
  recordingStore,
  type OpenRecording,
} from './store.ts';

type Open = (
  file: File,
  signal: AbortSignal,
  onProgress: (far: ReadProgress) => void,
) => Promise<Pick<RecordingClient, 'summary' | 'close'> & OpenRecording['questions']>;

let imports = 0;

/**
 * Read a recording and show it. What is open stays until that is done, and stays for good where it fails or is
 * stopped. Another import takes the place of one that is under way.
 */
export async function importRecording(file: File, open: Open = openRecordingFile): Promise<void> {
  recordingStore.get().importing?.stop();
  const control = new AbortController();
  const key = (imports += 1);
  const from = performance.now();
  const tell = (progress: ReadProgress): void => {
    if (control.signal.aborted) return;
    const took = performance.now() - from;
    changeRecordings({ importing: { name: file.name, progress, took, stop }, failed: undefined });
  };
  const stop = (): void => {
    control.abort();
    changeRecordings({ importing: undefined });
  };
  tell({ bytes: 0, of: file.size, lines: 0, events: 0 });
  try {
    const client = await open(file, control.signal, tell);
    const { summary } = client;
    recordingStore.get().open?.close();
    changeRecordings({
      importing: undefined,
      shown: true,
      open: {
        key,
        summary,
        questions: client,
        look: firstRecordingLook,
        foundOut: nothingFoundOut,
        close: () => client.close(),
      },
    });
  } catch (error) {
    if (control.signal.aborted) return;
    const why = error instanceof Error ? error.message : String(error);
    changeRecordings({ importing: undefined, failed: `${file.name}: ${why}. Nothing was replaced.` });
  }
}
