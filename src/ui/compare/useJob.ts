import { useEffect, useEffectEvent, useRef, useState } from 'react';

import { explore, exploredBefore } from '#browser/explorer.ts';
import type { Job, JobProgress, ResultOf } from '#explore/jobs.ts';

/** A job of the explorer, as far as it is. */
export interface JobState<Result> {
  readonly state: 'running' | 'stopped' | 'done' | 'failed';
  readonly progress: JobProgress | undefined;
  readonly result: Result | undefined;
  readonly failure: string | undefined;
  /** How long it has taken, in milliseconds; undefined for a result that was there already. */
  readonly took: number | undefined;
  readonly stop: () => void;
  readonly start: () => void;
}

type Known<Result> = Pick<JobState<Result>, 'state' | 'progress' | 'result' | 'failure' | 'took'>;

const begun = {
  state: 'running',
  progress: undefined,
  result: undefined,
  failure: undefined,
  took: undefined,
} as const;

/** Do a job as long as the component is there; another job takes its place at once. */
export function useJob<Kind extends Job['kind']>(
  job: Extract<Job, { kind: Kind }>,
): JobState<ResultOf<Kind>> {
  const text = JSON.stringify(job);
  const [turn, setTurn] = useState(0);
  const [known, setKnown] = useState<Known<ResultOf<Kind>> & { readonly of: string }>();
  const control = useRef<AbortController>(undefined);
  const of = `${turn} ${text}`;
  const say = (asked: string, update: Partial<Known<ResultOf<Kind>>>): void =>
    setKnown((before) => ({ ...begun, ...(before?.of === asked ? before : {}), ...update, of: asked }));

  const begin = useEffectEvent((asked: string, signal: AbortSignal) => {
    if (exploredBefore<Kind>(job)) return;
    const from = performance.now();
    const tell = (update: Partial<Known<ResultOf<Kind>>>): void => {
      if (!signal.aborted) say(asked, update);
    };
    explore<Kind>(job, signal, (progress) => tell({ progress, took: performance.now() - from })).then(
      (result) => tell({ state: 'done', result, took: performance.now() - from }),
      (error: unknown) =>
        tell({ state: 'failed', failure: error instanceof Error ? error.message : String(error) }),
    );
  });
  useEffect(() => {
    const controller = new AbortController();
    control.current = controller;
    begin(of, controller.signal);
    return () => controller.abort();
  }, [of]);

  const there = exploredBefore<Kind>(job);
  const now = known?.of === of ? known : { ...begun, ...(there ? { state: 'done', result: there } : {}) };
  return {
    ...(now as Known<ResultOf<Kind>>),
    stop: () => {
      control.current?.abort();
      say(of, { state: 'stopped' });
    },
    start: () => setTurn(turn + 1),
  };
}
