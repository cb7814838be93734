// oxlint-disable-next-line import/default -- Vite makes the module, and its default export.
import ExplorerWorker from './explorer.worker.ts?worker&inline';

/** As explorer-start.ts, with the worker's code inside the page: a page opened from disk may load no other file. */
export const startExplorer = (): Worker => new ExplorerWorker();
