/** Start a worker that explores. The page in one file does it by explorer-start.inline.ts instead. */
export const startExplorer = (): Worker =>
  new Worker(new URL('./explorer.worker.ts', import.meta.url), { type: 'module' });
