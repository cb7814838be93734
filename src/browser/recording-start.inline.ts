// oxlint-disable-next-line import/default -- Vite makes the module, and its default export.
import RecordingWorker from './recording.worker.ts?worker&inline';

/** As recording-start.ts, with the worker's code inside the page: a page opened from disk may load no other file. */
export const startReader = (): Worker => new RecordingWorker();
