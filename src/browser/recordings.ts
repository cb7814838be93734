import type { Recordings } from '#session/evidence.ts';

let loading: Promise<Recordings> | undefined;

/** The recordings that ship, loaded when they are first asked for. After a failure the next call tries again. */
export function loadRecordings(): Promise<Recordings> {
  loading ??= import('./recorded-cases.ts').then(
    ({ recordings }) => recordings,
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}
