import { useEffect, useState } from 'react';

import { loadRecordings } from '#browser/recordings.ts';
import { workInSlices } from '#browser/slices.ts';
import type { StepRun } from '#program/runner.ts';
import { evidenceOf, knownEvidence, type Evidence } from '#session/evidence.ts';

export type Sought = Evidence | 'seeking' | 'failed';

/** Look for the recording behind a step, once the step is painted and the browser has time. */
export function useEvidence(made: StepRun): Sought {
  const [ended, setEnded] = useState<{ readonly of: StepRun; readonly failed: boolean }>();
  useEffect(() => {
    if (knownEvidence(made)) return undefined;
    const stop = new AbortController();
    const end = (failed: boolean): void => {
      if (!stop.signal.aborted) setEnded({ of: made, failed });
    };
    loadRecordings()
      .then((recordings) => workInSlices(evidenceOf(recordings, made), stop.signal))
      .then(
        () => end(false),
        () => end(true),
      );
    return () => stop.abort();
  }, [made]);
  return knownEvidence(made) ?? (ended?.of === made && ended.failed ? 'failed' : 'seeking');
}
