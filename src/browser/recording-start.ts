/** Start the worker that reads recordings. The page in one file does it by recording-start.inline.ts instead. */
export const startReader = (): Worker =>
  new Worker(new URL('./recording.worker.ts', import.meta.url), { type: 'module' });
