import type { Job, JobProgress, JobResults } from '#explore/jobs.ts';

/** What the page tells the worker. */
export type ToExplorer =
  | { readonly id: number; readonly job: Job }
  | { readonly id: number; readonly cancel: true };

/** What the worker tells the page. */
export type FromExplorer =
  /** It has been loaded. */
  | { readonly id: 0; readonly kind: 'ready' }
  | { readonly id: number; readonly kind: 'progress'; readonly progress: JobProgress }
  | { readonly id: number; readonly kind: 'done'; readonly result: JobResults[Job['kind']] }
  | { readonly id: number; readonly kind: 'failed'; readonly message: string };
