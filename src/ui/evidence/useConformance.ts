import { useEffect, useMemo, useRef, useState } from 'react';

import { loadRecordings } from '#browser/recordings.ts';
import { workInSlices } from '#browser/slices.ts';
import { tallyLine } from '#program/conformance/compare.ts';
import { caseEntries, caseResults, type CaseEntry, type CaseResult } from '#session/conformance.ts';
import type { Recordings } from '#session/evidence.ts';

/** How the model fares against the recordings, as far as it was run. */
export interface Conformance {
  readonly recordings: Recordings | undefined;
  readonly entries: readonly CaseEntry[];
  readonly results: ReadonlyMap<string, CaseResult>;
  readonly state: 'running' | 'stopped' | 'done' | 'failed';
  /** Cases, each a program on a kernel, that there are. */
  readonly total: number;
  readonly agreed: number;
  /** The tally over what was run; undefined before the first case. */
  readonly tally: string | undefined;
  readonly stop: () => void;
  readonly start: () => void;
}

export const caseKey = (name: string, kernel: string): string => `${name} ${kernel}`;

interface Run {
  /** Counts how often it was begun. */
  readonly turn: number;
  readonly results: readonly CaseResult[];
  readonly state: Conformance['state'];
}

const newRun = (turn: number): Run => ({ turn, results: [], state: 'running' });

/** Run the model over every recorded case, in slices, as long as the component is there. */
export function useConformance(): Conformance {
  const [recordings, setRecordings] = useState<Recordings>();
  const [run, setRun] = useState(() => newRun(0));
  const { turn, results, state } = run;
  const stopping = useRef<AbortController>(undefined);
  useEffect(() => {
    const control = new AbortController();
    stopping.current = control;
    const change = (to: (before: Run) => Partial<Run>): void => {
      if (!control.signal.aborted)
        setRun((before) => (before.turn === turn ? { ...before, ...to(before) } : before));
    };
    loadRecordings()
      .then((loaded) => {
        setRecordings(loaded);
        return workInSlices(caseResults(loaded), control.signal, (parts) =>
          change((before) => ({ results: [...before.results, ...parts] })),
        );
      })
      .then(
        () => change(() => ({ state: 'done' })),
        () => change(() => ({ state: 'failed' })),
      );
    return () => control.abort();
  }, [turn]);

  const entries = useMemo(() => (recordings ? caseEntries(recordings) : []), [recordings]);
  return {
    recordings,
    entries,
    results: useMemo(() => new Map(results.map((one) => [caseKey(one.name, one.kernel), one])), [results]),
    state,
    total: entries.reduce((sum, { kernels }) => sum + kernels.length, 0),
    agreed: results.filter(({ verdict }) => verdict.problems.length === 0).length,
    tally: results.length === 0 ? undefined : tallyLine(results.map(({ verdict }) => verdict.tally)),
    start: () => setRun(newRun(turn + 1)),
    stop: () => {
      stopping.current?.abort();
      setRun({ ...run, state: 'stopped' });
    },
  };
}
