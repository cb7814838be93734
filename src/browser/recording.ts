import type { ReadProgress } from '#trace/questions.ts';
import { RecordingReader, type RecordingClient } from './recording-client.ts';
import { startReader } from './recording-start.ts';

let reader: RecordingReader | undefined;

/** One worker reads all recordings. If it breaks, the next recording gets a new one. */
function theReader(): RecordingReader {
  reader ??= new RecordingReader(startReader(), () => {
    reader = undefined;
  });
  return reader;
}

/** Start the worker, so that nothing has to be fetched when it is needed. */
export const warmReader = (): Promise<unknown> => theReader().loaded;

/**
 * Read a recording from a file, which must stay where it is as long as questions are asked. Rejects with an AbortError
 * once the signal stops it, else with a message for the visitor.
 */
export const openRecordingFile = (
  file: File,
  signal: AbortSignal,
  onProgress: (far: ReadProgress) => void,
): Promise<RecordingClient> => theReader().open(file, signal, onProgress);
