import { useEffect, useMemo, useRef, useState } from 'react';

import type { EventQuery, RecordingQuestions } from '#trace/questions.ts';

/** The events that a query means, as far as they are known. */
export interface Matches {
  readonly state: 'none' | 'searching' | 'done' | 'stopped' | 'failed';
  /** In order. */
  readonly found: Uint32Array;
  readonly failure: string | undefined;
  readonly stop: () => void;
}

interface Known {
  readonly of: unknown;
  readonly state: Exclude<Matches['state'], 'none'>;
  readonly found: Uint32Array;
  readonly failure?: string;
}

const nothing = new Uint32Array();
const stopped = { state: 'stopped' } as const;
const failed = (failure: string) => ({ state: 'failed', failure }) as const;

/** Find all events that a query means; undefined: nothing is looked for. Another query takes its place at once. */
export function useMatches(questions: RecordingQuestions, query: EventQuery | undefined): Matches {
  const [known, setKnown] = useState<Known>();
  const control = useRef<AbortController>(undefined);
  useEffect(() => {
    if (!query) return undefined;
    const controller = new AbortController();
    control.current = controller;
    questions.matches(query, controller.signal).then(
      (found) => setKnown({ of: query, state: 'done', found }),
      (error: unknown) => {
        const failure = error instanceof Error ? error.message : String(error);
        setKnown({ of: query, found: nothing, ...(controller.signal.aborted ? stopped : failed(failure)) });
      },
    );
    return () => controller.abort();
  }, [query, questions]);
  const now = query && known?.of === query ? known : undefined;
  const state = now?.state ?? (query ? 'searching' : 'none');
  const found = now?.found ?? nothing;
  return useMemo(
    () => ({ state, found, failure: now?.failure, stop: () => control.current?.abort() }),
    [state, found, now?.failure],
  );
}
